//! Without the feature `client` there are requests, answers and checks only.

use huaweicloud_migration::Client;

fn main() {}
