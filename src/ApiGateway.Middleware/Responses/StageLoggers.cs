using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Responses;

/// <summary>A logger for each stage. Those of definitions that are no longer in force go with their stages.</summary>
/// <typeparam name="TStage">What stands for a stage.</typeparam>
/// <param name="create">Makes one.</param>
internal sealed class StageLoggers<TStage>(Func<TStage, ILogger> create)
    where TStage : class
{
    private readonly ConditionalWeakTable<TStage, ILogger> _loggers = [];
    private readonly ConditionalWeakTable<TStage, ILogger>.CreateValueCallback _create = new(create);

    public ILogger Of(TStage stage) => _loggers.GetValue(stage, _create);
}
