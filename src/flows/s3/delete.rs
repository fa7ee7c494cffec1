//! Deleting a bundle.

use super::Desk;
use crate::domain::task::Problem;
use crate::services::s3::Why;

impl Desk {
    /// Deletes a bundle, which must be there: S3 itself says yes to every key.
    pub async fn delete(&self, key: &str) -> Result<(), Problem> {
        let found = self.until_cancelled(self.store.find(key)).await?;
        if found.is_none() {
            return Err(Problem::failed(Why::NoObject.to_string())
                .at(self.place(key))
                .help("look at what is there: tyk-tui s3 list s3://BUCKET/PREFIX"));
        }
        self.until_cancelled(self.store.delete(key)).await
    }
}
