using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Values;
using ApiGateway.Middleware.Snapshots;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Works out the answers of a MOCK in which nothing depends on the request, such as those to preflights.</summary>
internal sealed class MockPlanCompiler(
    TransformationPlan transformation, BinaryMediaTypes? binaryTypes, DefinitionOrigin origin, bool isExact, DefinitionErrors errors)
{
    public MockIntegrationPlan Compile(TimeSpan timeout)
    {
        var answers = new List<MockAnswer>();
        foreach (var template in transformation.Request.Templates.Templates)
        {
            if (template.Constant is not { } text)
            {
                continue;
            }

            if (!LenientJson.TryGetInteger(Encoding.UTF8.GetBytes(text), "statusCode"u8, out var selection)
                || (transformation.Response!.IsImplied && selection is < 200 or > 599))
            {
                Refuse(origin.Child("RequestTemplates").Child(template.ContentType), text);
            }
            else if (transformation.Request.Parameters.Length == 0 && IsText(template.ContentType) && Answer(template.ContentType, selection) is { } answer)
            {
                answers.Add(answer);
            }
        }

        return new MockIntegrationPlan(timeout, [.. answers]);
    }

    // A body of bytes does not go through a template: such requests fail, which is left to them.
    private bool IsText(string contentType) =>
        transformation.Request.ContentHandling == ContentHandling.ConvertToText
        || (transformation.Request.ContentHandling == ContentHandling.None && binaryTypes?.MatchesContentType(contentType) != true);

    private MockAnswer? Answer(string contentType, int selection)
    {
        var plan = transformation.Response!;
        if (plan.IsImplied)
        {
            return new MockAnswer(contentType, selection, [new("Content-Type", TemplateSet.Json)], default);
        }

        var response = plan.Select(selection.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (response is not { IsDeclared: true, Templates.Templates: [] or [{ Constant: not null }] }
            || response.ContentHandling != ContentHandling.None
            || Array.Exists(response.Parameters, static mapping => !IsPlain(mapping.Constant)))
        {
            return null;
        }

        var template = response.Templates.Templates is [var only] ? only : null;
        var headers = new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = template?.ResultType ?? TemplateSet.Json,
        };
        foreach (var mapping in response.Parameters)
        {
            if (mapping.Constant is { Length: > 0 } value)
            {
                headers[mapping.Name] = value;
            }
        }

        return new MockAnswer(contentType, response.Status, [.. headers], Encoding.UTF8.GetBytes(template?.Constant ?? ""));
    }

    // Anything that would have to be encoded is left to the request.
    private static bool IsPlain(string? value) => value is not null && !value.AsSpan().ContainsAnyExceptInRange(' ', '~');

    // What Amazon API Gateway accepts at import never stops the host.
    private void Refuse(DefinitionOrigin at, string template)
    {
        var message = $"A MOCK's request template must give {{\"statusCode\": N}} with N from 200 to 599, but is '{template}'.";
        if (isExact)
        {
            errors.Warn(at, message + " Requests that it is for will fail with 500.");
        }
        else
        {
            errors.Add(at, message);
        }
    }
}
