"""The column types; those of rarer needs say that they are not there."""

_NAMES = (
    "ArrowType ChoiceType ColorType CountryType CurrencyType EmailType EncryptedType EnrichedDateTimeType "
    "EnrichedDateType IPAddressType JSONType LocaleType LtreeType LQUERY LTXTQUERY PasswordType PhoneNumberType "
    "ScalarListType StringEncryptedType TimezoneType TSVectorType URLType UUIDType WeekDaysType"
).split()


def __getattr__(name):
    if name in _NAMES:
        columns = __import__("sqlalchemy_utils.types.columns", fromlist=[name])
        return getattr(columns, name)
    if name.startswith("__"):
        raise AttributeError(name)
    from limbeck_runtime.missing import NotProvided

    raise NotProvided(f"sqlalchemy_utils.{name}")
