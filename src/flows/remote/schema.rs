//! The JSON Schemas that a Gateway gives out for Tyk OAS.

use super::Server;
use crate::domain::schema::Schemas;
use crate::domain::task::Problem;
use crate::services::gateway::Why;

/// The versions of OpenAPI that Gateways have a schema for.
const VERSIONS: [&str; 2] = ["3.0", "3.1"];

impl Server {
    /// Asks for them; none of what it does not have: a Dashboard, a Gateway before 5.0.
    pub async fn schemas(&self) -> Result<Schemas, Problem> {
        let mut schemas = Schemas::default();
        let Self::Gateway(gateway) = self else { return Ok(schemas) };
        for version in VERSIONS {
            let schema = match gateway.schema(version).await {
                Ok(schema) => schema,
                Err(error) => match error.why {
                    Why::Absent | Why::Refused { status: 404, .. } => continue,
                    Why::NotAGateway(ref said) if said.starts_with("404 ") => continue,
                    _ => return Err(error.problem()),
                },
            };
            schemas.add(version, schema).map_err(|error| {
                Problem::failed(error.to_string())
                    .at(self.address())
                    .help("definitions are checked by the rules of tyk-tui alone")
            })?;
        }
        Ok(schemas)
    }
}
