using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ApiGateway.Middleware.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Adds Lambda functions that run inside the application.</summary>
public static class ApiGatewayLambdaExtensions
{
    /// <summary>Adds a function that reads and writes bytes.</summary>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="name">The name or ARN by which integrations find it, whatever version or alias they ask for; case counts. A later
    /// registration replaces an earlier one of the same name.</param>
    /// <param name="function">Answers events.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no name of a function, or has a version or alias.</exception>
    public static IApiGatewayBuilder AddLambdaFunction(this IApiGatewayBuilder builder, string name, LambdaFunction function)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(function);

        return Add(builder, name, _ => function);
    }

    /// <summary>Adds a function that is a class.</summary>
    /// <typeparam name="TFunction">The function; made once by the container.</typeparam>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="name">The name or ARN by which integrations find it, whatever version or alias they ask for; case counts.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no name of a function, or has a version or alias.</exception>
    public static IApiGatewayBuilder AddLambdaFunction<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFunction>(this IApiGatewayBuilder builder, string name)
        where TFunction : class, ILambdaFunction
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.TryAddSingleton<TFunction>();
        return Add(builder, name, static provider => provider.GetRequiredService<TFunction>().InvokeAsync);
    }

    /// <summary>Adds a function that gets its event and gives its answer as objects, by way of generated serializers.</summary>
    /// <typeparam name="TEvent">The event, such as a class with the members of format 1.0 that the function needs.</typeparam>
    /// <typeparam name="TAnswer">The answer.</typeparam>
    /// <param name="builder">The gateway's builder.</param>
    /// <param name="name">The name or ARN by which integrations find it, whatever version or alias they ask for; case counts.</param>
    /// <param name="eventType">How the event is read: a member of a <c>JsonSerializerContext</c>.</param>
    /// <param name="answerType">How the answer is written: a member of a <c>JsonSerializerContext</c>.</param>
    /// <param name="function">Answers events.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no name of a function, or has a version or alias.</exception>
    /// <remarks>An event that cannot be read is a function error, as in the managed runtimes.</remarks>
    public static IApiGatewayBuilder AddLambdaFunction<TEvent, TAnswer>(
        this IApiGatewayBuilder builder, string name, JsonTypeInfo<TEvent> eventType, JsonTypeInfo<TAnswer> answerType,
        Func<TEvent, LambdaContext, CancellationToken, ValueTask<TAnswer>> function)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(eventType);
        ArgumentNullException.ThrowIfNull(answerType);
        ArgumentNullException.ThrowIfNull(function);

        return Add(builder, name, _ => async (payload, answer, context, cancellationToken) =>
        {
            var input = JsonSerializer.Deserialize(payload.Span, eventType)!;
            var output = await function(input, context, cancellationToken);
            await using var writer = new Utf8JsonWriter(answer);
            JsonSerializer.Serialize(writer, output, answerType);
        });
    }

    private static IApiGatewayBuilder Add(IApiGatewayBuilder builder, string name, Func<IServiceProvider, LambdaFunction> create)
    {
        if (!LambdaFunctionName.TryParse(name, out var parsed) || parsed.Qualifier is not null)
        {
            throw new ArgumentException(
                $"A function is added under a name such as 'orders', or an ARN, without version or alias, but it is '{name}'.", nameof(name));
        }

        builder.Services.AddSingleton(new Registration<LambdaFunction>(parsed.Arn ?? parsed.Name, create));
        return builder;
    }
}
