namespace ApiGateway.Testing;

/// <summary>A text is no mapping template. An API with such a template does not load.</summary>
public sealed class TemplateSyntaxException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="TemplateSyntaxException"/> class.</summary>
    /// <param name="line">The line, counted from 1.</param>
    /// <param name="column">The column, counted from 1.</param>
    /// <param name="reason">What is wrong there.</param>
    public TemplateSyntaxException(int line, int column, string reason)
        : base($"Line {line}, column {column}: {reason}")
    {
        Line = line;
        Column = column;
        Reason = reason;
    }

    /// <summary>Gets the line of the mistake, counted from 1.</summary>
    public int Line { get; }

    /// <summary>Gets the column of the mistake, counted from 1.</summary>
    public int Column { get; }

    /// <summary>Gets what is wrong there.</summary>
    public string Reason { get; }
}
