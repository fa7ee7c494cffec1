//! A bucket of S3 as a target. What a Gateway has to ask for is what stands behind the prefix in a key: the prefix belongs to
//! its `bundle_base_url`.

use std::path::Path;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::{Pushed, Stored, needed};
use crate::config;
use crate::domain::conf::bundle_url;
use crate::domain::task::Problem;
use crate::flows::s3::{Desk, Tell, Template};
use crate::flows::sound::Bundle;
use crate::net::http::{Told, silent};
use crate::services::bundle::keys::PublicKey;
use crate::services::s3::{Flags, S3Error, Settings, Store};

#[derive(Clone)]
pub(super) struct Bucket {
    store: Store,
    template: Template,
    /// Where a Gateway finds what is there: `base_url` of the target, else the bucket's own address.
    base: String,
}

impl Bucket {
    pub(super) fn new(name: &str, set: &config::Target) -> Result<Self, Problem> {
        let bucket = needed(set.bucket.as_ref(), "bucket", name)?;
        let template = Template::new(
            set.prefix.as_deref().unwrap_or_default(),
            set.object.as_deref().unwrap_or(Template::USUAL),
        )?;
        let flags = Flags {
            endpoint: set.endpoint.clone(),
            region: set.region.clone(),
            profile: set.profile.clone(),
            path_style: set.path_style,
            insecure_tls: set.insecure_tls,
        };
        let settings = Settings::new(&flags, |variable| std::env::var_os(variable))?;
        let store = Store::new(&settings, bucket).map_err(|error| error.problem())?;
        let base = match &set.base_url {
            Some(base) => base.clone(),
            None => store.url(template.prefix()).map_err(|error| error.problem())?.into(),
        };
        Ok(Self { store, template, base })
    }

    pub(super) fn place(&self) -> String {
        format!("s3://{}/{}", self.store.name(), self.template.prefix())
    }

    /// Whether any certificate is trusted.
    pub(super) fn is_unchecked(&self) -> bool {
        self.store.is_unchecked()
    }

    pub(super) async fn health(&self) -> Result<String, Problem> {
        self.store.is_there(self.template.prefix()).await.map_err(|error| error.problem())?;
        Ok(format!("can be listed · {}", self.store.region()))
    }

    /// The bundles that were pushed so; other objects are somebody else's, and none that prune may take.
    pub(super) async fn list(&self) -> Result<Vec<Stored>, Problem> {
        let objects = self.store.list(self.template.prefix()).await;
        let objects = objects.map_err(|error: S3Error| error.problem())?;
        let stored = objects.into_iter().filter_map(|object| {
            let (id, name) = self.template.parts(&object.key)?;
            Some(Stored {
                id: id.to_owned(),
                bundle: id.to_owned(),
                name,
                bytes: Some(object.bytes),
                at: object.at,
                checksum: None,
                hooks: Vec::new(),
                note: None,
            })
        });
        Ok(stored.collect())
    }

    pub(super) async fn push(
        &self,
        bundle: &Bundle,
        name: &str,
        told: Told,
        cancel: &CancellationToken,
    ) -> Result<Pushed, Problem> {
        let object = self.template.object(name)?;
        let pushed = self.desk(told, cancel).push(bundle, &self.template.key(&object)).await?;
        Ok(Pushed {
            url: bundle_url(&self.base, &object).ok(),
            id: object.clone(),
            bundle: object,
            already_there: pushed.already_there,
        })
    }

    pub(super) async fn fetch(
        &self,
        id: &str,
        into: &Path,
        signed_by: Option<PublicKey>,
        told: Told,
        cancel: &CancellationToken,
    ) -> Result<(), Problem> {
        let desk = self.desk(told, cancel).signed_by(signed_by);
        desk.fetch(&self.template.key(id), into).await.map(|_| ())
    }

    pub(super) async fn delete(&self, id: &str, cancel: &CancellationToken) -> Result<(), Problem> {
        self.desk(silent(), cancel).delete(&self.template.key(id)).await
    }

    fn desk(&self, told: Told, cancel: &CancellationToken) -> Desk {
        let tell: Tell = Arc::new(move |_, progress| told(progress));
        Desk::new(self.store.clone(), tell, cancel.clone())
    }
}
