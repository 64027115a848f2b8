//! Only requests of the crate are operations, whatever else a type can do.

use huaweicloud_migration::Operation;
use huaweicloud_migration::runtime::{self, Auth, Checker, Extra, OperationInfo, Request, Target};

struct Mine {
    extra: Extra,
}

runtime::object!(Mine {});
runtime::extras!(Mine);

impl Request for Mine {
    type Output = ();
    const INFO: OperationInfo = OperationInfo {
        name: "Mine",
        service: &huaweicloud_migration::dcs::SERVICE,
        method: "GET",
        path: "/",
        body: false,
        idempotent: true,
        auth: Auth::None,
        pages: &[],
    };

    fn target(&self, _: &mut Target) {}

    fn check(&self, _: &mut Checker<'_>) {}
}

impl Operation for Mine {}

fn main() {}
