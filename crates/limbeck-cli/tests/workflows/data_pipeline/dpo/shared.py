class Constants:
    DATA_PIPELINE_NAME = "dpo"
