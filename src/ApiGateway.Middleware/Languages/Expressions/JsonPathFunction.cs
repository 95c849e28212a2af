namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>The functions that may end a path.</summary>
internal enum JsonPathFunction
{
    Length,
    Size,
    Min,
    Max,
    Sum,
    Avg,
    StdDev,
    Keys,
}
