"""Relationships: directions, backrefs, cascades, association tables, self references, collections."""
import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, String, Table, create_engine
from sqlalchemy.ext.declarative import declarative_base
from sqlalchemy.orm import Session, aliased, backref, joinedload, relationship, selectinload, subqueryload
from sqlalchemy.orm import attribute_keyed_dict

Base = declarative_base()

tagging = Table(
    "tagging", Base.metadata,
    Column("post_id", Integer, ForeignKey("posts.id"), primary_key=True),
    Column("tag_id", Integer, ForeignKey("tags.id"), primary_key=True),
)


class Tag(Base):
    __tablename__ = "tags"
    id = Column(Integer, primary_key=True)
    name = Column(String)


class Author(Base):
    __tablename__ = "authors"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    posts = relationship("Post", back_populates="author", foreign_keys="Post.author_id", order_by="Post.title.desc()", cascade="all, delete-orphan")
    profile = relationship("Profile", uselist=False, back_populates="author")


class Profile(Base):
    __tablename__ = "profiles"
    id = Column(Integer, primary_key=True)
    bio = Column(String)
    author_id = Column(ForeignKey("authors.id"))
    author = relationship(Author, back_populates="profile")


class Post(Base):
    __tablename__ = "posts"
    id = Column(Integer, primary_key=True)
    title = Column(String)
    author_id = Column(Integer, ForeignKey("authors.id"), nullable=False)
    editor_id = Column(Integer, ForeignKey("authors.id"))
    author = relationship("Author", back_populates="posts", foreign_keys=[author_id])
    editor = relationship("Author", foreign_keys="Post.editor_id")
    tags = relationship("Tag", secondary=tagging, backref=backref("posts", order_by="Post.id"))


class Node(Base):
    __tablename__ = "nodes"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    parent_id = Column(Integer, ForeignKey("nodes.id"))
    children = relationship("Node", backref=backref("parent", remote_side=[id]), order_by="Node.id")


class Note(Base):
    __tablename__ = "notes"
    id = Column(Integer, primary_key=True)
    key = Column(String)
    text = Column(String)
    node_id = Column(ForeignKey("nodes.id"))


Node.notes = relationship(Note, collection_class=attribute_keyed_dict("key"), cascade="all, delete-orphan")

engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
session = Session(engine)
ann = Author(name="ann", profile=Profile(bio="x"))
bob = Author(name="bob")
red, blue = Tag(name="red"), Tag(name="blue")
first = Post(title="first", author=ann, tags=[red, blue])
second = Post(title="second", author=ann, editor=bob)
second.tags.append(red)
session.add_all([ann, bob])
print(first in session, red in session, [p.title for p in ann.posts])
session.commit()
print([p.title for p in ann.posts], [p.title for p in red.posts], first.editor, second.editor.name)
print(session.execute(sa.select(tagging).order_by(tagging.c.post_id, tagging.c.tag_id)).all())
print(ann.profile.bio, ann.profile.author is ann)
first.tags.remove(blue)
session.commit()
print([t.name for t in first.tags], len(blue.posts))
second.author = bob
print([p.title for p in ann.posts], [p.title for p in bob.posts])
session.commit()
print(second.author_id, [p.title for p in ann.posts], [p.title for p in bob.posts])
print(session.query(Post).filter(Post.author == bob).one().title)
print(session.query(Post).filter(Post.author != bob).all() == [first])
print([a.name for a in session.query(Author).filter(Author.posts.any(Post.title == "first"))])
print([p.title for p in session.query(Post).filter(Post.author.has(name="bob"))])
print([p.title for p in session.query(Post).filter(Post.tags.contains(red)).order_by(Post.id)])
print([p.title for p in session.query(Post).filter(Post.tags.any(name="red")).order_by(Post.id)])
print([p.title for p in session.query(Post).filter(Post.editor == None)])
print([a.name for a in session.query(Author).filter(~Author.posts.any())])
print(session.query(Author.name, Post.title).join(Author.posts).order_by(Post.id).all())
print(session.query(Author.name, Tag.name).join(Author.posts).join(Post.tags).order_by(Author.name, Tag.name).all())
print(session.query(Author).join(Post, Author.id == Post.editor_id).all()[0].name)
editor = aliased(Author, name="editor")
print(session.query(Post.title, Author.name, editor.name).join(Post.author).outerjoin(editor, Post.editor).order_by(Post.id).all())
print(session.query(Post.title, editor.name).outerjoin(Post.editor.of_type(editor)).order_by(Post.id).all())
for option in (joinedload(Author.posts).joinedload(Post.tags), selectinload(Author.posts).selectinload(Post.tags), subqueryload(Author.posts)):
    session.expunge_all()
    people = session.query(Author).options(option).order_by(Author.id).all()
    print([(a.name, [(p.title, sorted(t.name for t in p.tags)) for p in a.posts]) for a in people])
session.expunge_all()
ann = session.query(Author).filter_by(name="ann").one()
session.delete(ann)
session.commit()
print(session.query(Post.title).all(), session.query(Profile.author_id).all(), session.query(tagging).all())
bob = session.query(Author).one()
bob.posts.clear()
session.commit()
print(session.query(Post).count(), session.query(tagging).count())

root = Node(name="root", children=[Node(name="a", children=[Node(name="aa")]), Node(name="b")])
session.add(root)
session.commit()
print(session.query(Node.id, Node.name, Node.parent_id).order_by(Node.id).all())
aa = session.query(Node).filter_by(name="aa").one()
print(aa.parent.parent.name, [n.name for n in root.children])
up = aliased(Node)
print(session.query(Node.name, up.name).join(up, Node.parent).order_by(Node.id).all())
print([n.name for n in session.query(Node).filter(Node.children.any(Node.name == "aa"))])
print([n.name for n in session.query(Node).filter(Node.parent.has(Node.name == "root")).order_by(Node.id)])
aa.parent = root
session.commit()
print([n.name for n in root.children])
root.notes["x"] = Note(key="x", text="one")
root.notes["y"] = Note(key="y", text="two")
session.commit()
print(sorted(root.notes), root.notes["x"].text)
del root.notes["x"]
session.commit()
print(session.query(Note.key, Note.node_id).all())
lone = Node(name="lone")
lone.parent_id = root.id
session.add(lone)
session.flush()
print(lone.parent.name)
lone.parent = None
session.flush()
print(lone.parent_id)
session.delete(root)
session.flush()
print(session.query(Node.name, Node.parent_id).order_by(Node.id).all(), session.query(Note).count())
