namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>The comparisons of a filter.</summary>
internal enum JsonPathOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Matches,
    In,
    NotIn,
    Contains,
    Size,
    Empty,
}
