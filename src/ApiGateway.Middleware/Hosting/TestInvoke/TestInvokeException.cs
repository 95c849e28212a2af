namespace ApiGateway.Middleware.Hosting.TestInvoke;

/// <summary>A test call asks for something that the definition does not have.</summary>
public sealed class TestInvokeException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="TestInvokeException"/> class.</summary>
    /// <param name="message">What was asked for, and what there is.</param>
    public TestInvokeException(string message)
        : base(message)
    {
    }
}
