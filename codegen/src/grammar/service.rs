//! `spec.yaml` and `service.yaml`.

use crate::decode::{Checked, Map, PackageName, Text, Version, choice, record};

choice! {
    /// Whether a call is authenticated.
    Auth {
        "required" Required,
        "optional" Optional,
        "none" None,
    }
    /// A value that the client fills in.
    Supplied {
        "project-id" ProjectId,
    }
}

record! {
    /// `spec.yaml`: the generated crate.
    SpecFile {
        required {
            /// Name of the generated package.
            "package" package: Checked<PackageName>,
            /// Version of the generated package.
            "version" version: Checked<Version>,
            "description" description: Text,
            "license" license: Text,
            /// The clouds that pages belong to.
            "clouds" clouds: Map<Cloud>,
        }
        optional {
            "repository" repository: Option<Text>,
        }
    }
    /// A cloud that publishes documentation of its own.
    Cloud {
        required {
            "title" title: Text,
        }
        optional {
            /// Base URL of the identity service (IAM), with `{region}` where the region goes.
            "identity" identity: Option<Text>,
            /// Regions whose identity service is elsewhere, and where.
            "identity_regions" identity_regions: Map<Text>,
        }
    }
    /// `service.yaml`: what all operations of a service share.
    ServiceFile {
        required {
            /// Short name; also the folder and the Rust module.
            "service" service: Text,
            "title" title: Text,
            "auth" auth: Auth,
        }
        optional {
            "doc" doc: Option<Text>,
            /// The type of error bodies.
            "error" error: Option<Text>,
            /// Path parameters that the client fills in.
            "supplies" supplies: Map<Supplied>,
            /// Header parameters that the credentials fill in.
            "credentials" credentials: Vec<Text>,
            /// Base URL by cloud and region.
            "endpoints" endpoints: Map<Map<Text>>,
        }
    }
}
