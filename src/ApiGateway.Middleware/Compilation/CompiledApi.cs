using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>An API with its stages, before it has its place in the directory.</summary>
internal sealed record CompiledApi(
    ApiDefinition Definition, DefinitionOrigin Origin, ApiSnapshot Snapshot, IReadOnlyList<StageSnapshot> Stages);
