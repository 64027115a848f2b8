//! What should be read of the answers there are.

use huaweicloud_migration::Response;
use huaweicloud_migration::dcs::{
    BatchRestartMigrationTaskResult, BatchRestartOnlineMigrationTasksResponse, MigrationTaskStatus, RestartResult,
    SetOnlineMigrationTaskResponse,
};
use serde_json::Value;

/// Whether a value says that there is no object or list: an empty text does too, but not among the elements of a list.
fn is_nothing(value: &Value) -> bool {
    value.is_null() || *value == ""
}

/// What should be read of a JSON value, and which places should be lost. By hand, for the two answers there are.
#[derive(Default)]
pub(crate) struct Model {
    lost: Vec<String>,
}

impl Model {
    fn text(&mut self, place: &str, value: &Value) -> Option<String> {
        match value {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            Value::Bool(value) => Some(value.to_string()),
            Value::Number(number) if number.is_f64() => number.as_f64().map(|number| format!("{number:?}")),
            Value::Number(number) => Some(number.to_string()),
            Value::Array(_) | Value::Object(_) => {
                self.lost.push(place.to_owned());
                None
            }
        }
    }

    /// Enums of text take `1.0` for `1`: what matters is that it is one value, however it is written.
    fn value(&mut self, place: &str, value: &Value) -> Option<String> {
        const END: f64 = 9_223_372_036_854_775_808.0;
        match value.as_f64() {
            Some(number) if value.is_f64() && number.fract() == 0.0 && (-END..END).contains(&number) => {
                Some(format!("{:.0}", number + 0.0))
            }
            _ => self.text(place, value),
        }
    }

    pub(crate) fn set_online(&mut self, json: &Value) -> SetOnlineMigrationTaskResponse {
        let mut answer = SetOnlineMigrationTaskResponse::default();
        match json {
            nothing if is_nothing(nothing) => {}
            Value::Object(fields) => {
                for (name, value) in fields {
                    match name.as_str() {
                        "id" => answer.id = self.text("body.id", value),
                        "name" => answer.name = self.text("body.name", value),
                        "status" => answer.status = self.value("body.status", value).map(MigrationTaskStatus::from),
                        "error" => answer.error = self.text("body.error", value),
                        _ => {}
                    }
                }
            }
            _ => self.lost.push("body".to_owned()),
        }
        answer
    }

    pub(crate) fn batch(&mut self, json: &Value) -> BatchRestartOnlineMigrationTasksResponse {
        let mut answer = BatchRestartOnlineMigrationTasksResponse::default();
        let items = match json {
            Value::Object(fields) => fields.get("migration_tasks"),
            nothing if is_nothing(nothing) => None,
            _ => {
                self.lost.push("body".to_owned());
                None
            }
        };
        match items {
            None => {}
            Some(nothing) if is_nothing(nothing) => {}
            Some(Value::Array(items)) => {
                let items = items.iter().enumerate();
                answer.migration_tasks = Some(
                    items
                        .filter_map(|(index, item)| self.item(&format!("body.migration_tasks[{index}]"), item))
                        .collect(),
                );
            }
            Some(_) => self.lost.push("body.migration_tasks".to_owned()),
        }
        answer
    }

    fn item(&mut self, place: &str, json: &Value) -> Option<BatchRestartMigrationTaskResult> {
        let Value::Object(fields) = json else {
            self.lost.push(place.to_owned());
            return None;
        };
        let mut item = BatchRestartMigrationTaskResult::default();
        for (name, value) in fields {
            let place = format!("{place}.{name}");
            match name.as_str() {
                "result" => item.result = self.value(&place, value).map(RestartResult::from),
                "task_id" => item.task_id = self.text(&place, value),
                "error_msg" => item.error_msg = self.text(&place, value),
                "error_code" => item.error_code = self.text(&place, value),
                _ => {}
            }
        }
        Some(item)
    }

    pub(crate) fn assert_lost<T>(&self, response: &Response<T>) {
        let losses = response.losses();
        let kept: Vec<_> = losses.iter().map(|loss| loss.place().to_owned()).collect();
        assert_eq!(kept, &self.lost[..self.lost.len().min(64)], "{losses}");
        assert_eq!((losses.len(), losses.left_out()), (self.lost.len(), self.lost.len().saturating_sub(64)));
    }
}
