//! The least that has to be allowed in IAM, for this tool and for mserv.

use serde_json::{Value as Json, json};

use crate::domain::task::Problem;

/// What tyk-tui does in a bucket, below a prefix: list, push (in parts, too), fetch, delete.
pub fn policy(bucket: &str, prefix: &str) -> Result<Json, Problem> {
    // They would widen what is allowed.
    if bucket.contains(['*', '?', ':', '/']) || prefix.contains(['*', '?', '$']) {
        return Err(Problem::usage("a policy's bucket and prefix hold no *, ? or $"));
    }
    let prefix = prefix.trim_matches('/');
    let below = if prefix.is_empty() { "*".to_owned() } else { format!("{prefix}/*") };
    let arn = format!("arn:aws:s3:::{bucket}");
    let mut list = json!({
        "Sid": "TykTuiList",
        "Effect": "Allow",
        "Action": ["s3:ListBucket"],
        "Resource": [arn],
    });
    if !prefix.is_empty() {
        list["Condition"] = json!({"StringLike": {"s3:prefix": [below]}});
    }
    let objects = json!({
        "Sid": "TykTuiBundles",
        "Effect": "Allow",
        "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
        "Resource": [format!("{arn}/{below}")],
    });
    Ok(document(&[list, objects]))
}

/// What mserv does: it makes a bucket for each bundle (Tyk Cloud's documentation of MDCB and mserv on S3).
pub fn mserv_policy() -> Json {
    let buckets = "arn:aws:s3:::mserv-plugin-*";
    document(&[
        json!({
            "Sid": "MservBuckets",
            "Effect": "Allow",
            "Action": ["s3:CreateBucket", "s3:ListBucket", "s3:GetBucketLocation", "s3:DeleteBucket"],
            "Resource": [buckets],
        }),
        json!({
            "Sid": "MservBundles",
            "Effect": "Allow",
            "Action": ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"],
            "Resource": [format!("{buckets}/*")],
        }),
        json!({
            "Sid": "MservList",
            "Effect": "Allow",
            "Action": ["s3:ListAllMyBuckets"],
            "Resource": ["*"],
        }),
    ])
}

fn document(statements: &[Json]) -> Json {
    json!({"Version": "2012-10-17", "Statement": statements})
}
