namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>Where a <see cref="ParameterExpression"/> takes its value from.</summary>
internal enum ParameterKind
{
    /// <summary>A text in single quotes.</summary>
    Static,
    PathParameter,
    QueryString,
    MultiValueQueryString,
    Header,
    MultiValueHeader,

    /// <summary>The whole body.</summary>
    Body,

    /// <summary>A part of the body.</summary>
    BodyJsonPath,
    StageVariable,
    Context,

    /// <summary>The path below the stage, in mappings of HTTP APIs.</summary>
    Path,
}
