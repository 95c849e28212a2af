using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Hosting;

/// <summary>A function and the name under which integrations find it: a name, or an ARN without version and alias.</summary>
internal sealed record LambdaFunctionRegistration(string Name, Func<IServiceProvider, LambdaFunction> Create);
