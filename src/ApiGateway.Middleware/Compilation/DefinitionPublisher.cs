using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Loads all providers, compiles, and puts the result in force, or leaves the old one in force when there are errors.</summary>
internal sealed class DefinitionPublisher(
    IEnumerable<IDefinitionProvider> providers, SettingsLoader loadSettings, GatewayCompiler compiler, SnapshotSource source,
    ILogger<DefinitionPublisher> logger) : IDisposable
{
    private readonly IDefinitionProvider[] _providers = [.. providers];
    private readonly SemaphoreSlim _turn = new(1, 1);
    private HashSet<string> _toldWarnings = new(StringComparer.Ordinal);
    private HashSet<string> _toldNotes = new(StringComparer.Ordinal);
    private volatile IReadOnlyList<DefinitionError> _lastErrors = [];
    private volatile bool _isPublished;

    /// <summary>Gets whether a snapshot is in force.</summary>
    public bool IsPublished => _isPublished;

    /// <summary>Gets why the newest definition is not in force, or nothing if it is.</summary>
    public IReadOnlyList<DefinitionError> LastErrors => _lastErrors;

    public IReadOnlyList<IDefinitionProvider> Providers => _providers;

    /// <summary>Loads and publishes.</summary>
    /// <returns>The errors; none if the new definition is in force.</returns>
    public async Task<IReadOnlyList<DefinitionError>> PublishAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var errors = new DefinitionErrors();
            var snapshot = await LoadAsync(errors, cancellationToken);
            _lastErrors = errors.Errors;
            if (snapshot is null)
            {
                if (_isPublished)
                {
                    Reject(errors.Errors);
                }

                return errors.Errors;
            }

            _toldWarnings = Tell(errors.Warnings, _toldWarnings, text => Log.DefinitionDoubtful(logger, text));
            _toldNotes = Tell(errors.Notes, _toldNotes, text => Log.DefinitionIgnored(logger, text));
            source.Publish(snapshot);
            _isPublished = true;
            var routes = snapshot.Stages.Sum(static stage => stage.Routes.Routes.Count);
            Log.DefinitionPublished(logger, snapshot.Revision, snapshot.Apis.Count, routes);
            return [];
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private void Reject(IReadOnlyList<DefinitionError> errors)
    {
        if (logger.IsEnabled(LogLevel.Error))
        {
            Log.DefinitionRejected(logger, source.Current.Revision, string.Join(" ", errors));
        }
    }

    private async Task<GatewaySnapshot?> LoadAsync(DefinitionErrors errors, CancellationToken cancellationToken)
    {
        var definition = new GatewayDefinition();
        foreach (var provider in _providers)
        {
            try
            {
                await provider.LoadAsync(definition, errors, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                errors.Add(new DefinitionOrigin(provider.GetType().Name, ""), $"could not be loaded: {exception.Message}");
            }
        }

        var loaded = loadSettings(errors);
        return compiler.Compile(definition, loaded.Identity, loaded.ClientAddress, errors, loaded.Templates, loaded.AccessDenied);
    }

    // Once, not on every reload.
    private static HashSet<string> Tell(IReadOnlyList<DefinitionError> items, HashSet<string> toldBefore, Action<string> tell)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in items.Select(static item => item.ToString()).Where(told.Add))
        {
            if (!toldBefore.Contains(text))
            {
                tell(text);
            }
        }

        return told;
    }
}
