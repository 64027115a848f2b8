//! Every operation reads every field of its answer, in the forms that services really send, and a field of another kind
//! costs that field only.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use huaweicloud_migration::{Checks, Client, Operation};
use migration_tests::loopback::Answer;
use migration_tests::pages::{Page, pages};
use migration_tests::shape::Shape;
use serde_json::{Map, Value, json};

use crate::filled::{Visitor, visit};
use crate::world::World;

/// In what form an answer is written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    /// As documented.
    Documented,
    /// Numbers and booleans as text, and numbers where texts are documented.
    Swapped,
    /// With values and fields that nobody documents.
    Unknown,
    /// `null` in every field that holds no object or list.
    Null,
    /// `""` in every field that holds no object or list, as for an absent number.
    Blank,
    /// `null` in every field of the outermost objects.
    AllNull,
    /// `""` in every field of the outermost objects.
    AllBlank,
}

const FORMS: [Form; 7] =
    [Form::Documented, Form::Swapped, Form::Unknown, Form::Null, Form::Blank, Form::AllNull, Form::AllBlank];

/// Writes an answer, and remembers what must be seen of it.
struct Writer {
    form: Form,
    /// At this place stands a value of another kind.
    wrong: Option<(String, Value)>,
    count: Cell<i64>,
    shown: RefCell<Vec<String>>,
    /// Where each value is, and its shape.
    places: RefCell<Vec<(String, Shape)>>,
}

impl Writer {
    fn new(form: Form) -> Self {
        Self { form, wrong: None, count: Cell::new(0), shown: RefCell::default(), places: RefCell::default() }
    }

    /// A number that no other value has.
    fn next(&self) -> i64 {
        self.count.set(self.count.get() + 1);
        73_000 + self.count.get()
    }

    fn value(&self, shape: &Shape, place: &str) -> Value {
        if let Some((_, value)) = self.wrong.as_ref().filter(|(wrong, _)| wrong == place) {
            return value.clone();
        }
        self.places.borrow_mut().push((place.to_owned(), shape.clone()));
        match shape {
            Shape::Object(fields) => {
                let field =
                    |(name, shape): &(String, Shape)| (name.clone(), self.field(shape, &format!("{place}.{name}")));
                let mut object: Map<String, Value> = fields.iter().map(field).collect();
                if self.form == Form::Unknown {
                    object.insert("nobody_documents_this".to_owned(), json!({"deep": [{"er": 1}]}));
                }
                Value::Object(object)
            }
            Shape::List(element) => (0..2).map(|index| self.value(element, &format!("{place}[{index}]"))).collect(),
            Shape::Map(element) => json!({"key": self.value(element, &format!("{place}[\"key\"]"))}),
            scalar => self.scalar(scalar),
        }
    }

    fn field(&self, shape: &Shape, place: &str) -> Value {
        let is_scalar = !matches!(shape, Shape::Object(_) | Shape::List(_) | Shape::Map(_));
        match self.form {
            Form::AllNull => Value::Null,
            Form::AllBlank => json!(""),
            Form::Null if is_scalar => Value::Null,
            Form::Blank if is_scalar => json!(""),
            _ => self.value(shape, place),
        }
    }

    fn scalar(&self, shape: &Shape) -> Value {
        let number = self.next();
        // These are not shown, or look like others of their kind.
        let is_told = match shape {
            Shape::Text { secret } => !secret,
            Shape::Boolean => false,
            Shape::Choice { .. } => self.form == Form::Unknown,
            _ => true,
        };
        if is_told {
            self.shown.borrow_mut().push(number.to_string());
        }
        let swapped = self.form == Form::Swapped;
        match shape {
            Shape::Text { .. } if swapped => json!(number),
            Shape::Text { .. } => json!(format!("t{number}")),
            Shape::Integer { text } if *text != swapped => json!(number.to_string()),
            Shape::Integer { .. } => json!(number),
            Shape::Number { text } if *text != swapped => json!(format!("{number}.5")),
            Shape::Number { .. } => serde_json::from_str(&format!("{number}.5")).unwrap(),
            Shape::Boolean if swapped => json!("true"),
            Shape::Boolean => json!(true),
            Shape::Choice { .. } if self.form == Form::Unknown => json!(format!("t{number}")),
            Shape::Choice { values, integer: true } if !swapped => json!(values[0].parse::<i64>().unwrap()),
            Shape::Choice { values, .. } => json!(values[0]),
            _ => json!({"key": number}),
        }
    }
}

/// A value that a place of this shape cannot take; `None` if it takes anything.
fn of_another_kind(shape: &Shape) -> Vec<Value> {
    match shape {
        Shape::Json => vec![],
        Shape::List(_) => vec![json!({}), json!({"a": [1]}), json!(5)],
        Shape::Object(_) | Shape::Map(_) => vec![json!([1]), json!("text"), json!(5)],
        Shape::Integer { .. } | Shape::Number { .. } | Shape::Boolean => vec![json!({}), json!([]), json!("text")],
        Shape::Text { .. } | Shape::Choice { .. } => vec![json!({}), json!([])],
    }
}

struct Asker {
    world: World,
    client: Client,
    pages: Vec<Page>,
    /// What the server answers next.
    next: Arc<Mutex<(u16, String)>>,
    typed: BTreeSet<String>,
    broken: usize,
}

impl Asker {
    /// How the answer is shown, and the places that are lost.
    fn ask<O: Operation<Output: Debug>>(&self, request: &O, status: u16, body: &Value) -> (String, Vec<String>) {
        *self.next.lock().unwrap() = (status, body.to_string());
        let response = self.world.send(&self.client, request).unwrap_or_else(|error| panic!("{error}\n{body}"));
        assert_eq!(response.raw(), body.to_string().as_bytes());
        let lost = response.losses().iter().map(|loss| loss.place().to_owned()).collect();
        (format!("{:?}", response.body()), lost)
    }
}

impl Visitor for Asker {
    fn text(&self, _: &'static str) -> String {
        "text".to_owned()
    }

    fn request<O: Operation<Output: Debug> + 'static>(&mut self, file: &'static str, request: O) {
        let page =
            self.pages.iter().find(|page| page.file == file).unwrap_or_else(|| panic!("there is no spec/{file}"));
        let Some((status, shape)) = page.typed_answer() else { return };
        for form in FORMS {
            let writer = Writer::new(form);
            let body = writer.value(&shape, "body");
            let (shown, lost) = self.ask(&request, status, &body);
            assert_eq!(lost, Vec::<String>::new(), "{file}, {form:?}: {body}");
            for value in writer.shown.into_inner() {
                assert!(shown.contains(&value), "{file}, {form:?}: {value} of {body} is not in {shown}");
            }
        }
        let documented = Writer::new(Form::Documented);
        documented.value(&shape, "body");
        // The second of two elements is read as the first one is.
        let places = documented.places.into_inner().into_iter().filter(|(place, _)| !place.contains("[1]"));
        for (place, shape_there) in places {
            for value in of_another_kind(&shape_there) {
                let wrong = Some((place.clone(), value.clone()));
                let writer = Writer { wrong, ..Writer::new(Form::Documented) };
                let body = writer.value(&shape, "body");
                let (shown, lost) = self.ask(&request, status, &body);
                assert_eq!(lost, std::slice::from_ref(&place), "{file}: {value} at {place}");
                for value in writer.shown.into_inner() {
                    assert!(shown.contains(&value), "{file}: {value} is not in {shown}");
                }
                self.broken += 1;
            }
        }
        self.typed.insert(file.to_owned());
    }
}

#[test]
fn every_field_of_every_answer_is_read_in_every_form() {
    let next = Arc::new(Mutex::new((200, String::new())));
    let answers = Arc::clone(&next);
    let world = World::new(move |_| {
        let (status, body) = answers.lock().unwrap().clone();
        Answer::new(status, body)
    });
    let client = world.builder().checks(Checks::Off).build().unwrap();
    let mut asker = Asker { world, client, pages: pages(), next, typed: BTreeSet::new(), broken: 0 };
    visit(&mut asker);
    let typed: BTreeSet<_> =
        asker.pages.iter().filter(|page| page.typed_answer().is_some()).map(|page| page.file.clone()).collect();
    assert_eq!(asker.typed, typed, "left: what was asked; right: what is in the spec");
    assert!(typed.len() > 50 && asker.broken > 1_000, "{} answers, {} breakages", typed.len(), asker.broken);
}
