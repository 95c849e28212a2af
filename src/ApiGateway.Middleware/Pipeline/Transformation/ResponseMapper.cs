using System.Globalization;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Pipeline.Transformation;

/// <summary>Carries out the parameter mapping of a response whose head is on its way to the client, and whose body is held.</summary>
internal static class ResponseMapper
{
    private const int MinStatus = 200;
    private const int MaxStatus = 599;

    /// <summary>Changes the head.</summary>
    /// <returns>The status that the client gets.</returns>
    public static int Map(GatewayContext context, IntegrationAnswer answer, ParameterChange[] changes)
    {
        var status = answer.Status;
        var headers = context.Http.Response.Headers;
        var values = new AnswerValues(context, answer);

        // All of them before the first change, so that no change sees another.
        var found = new string?[changes.Length];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = changes[i].Value is { } expression ? values.Find(expression) : null;
        }

        for (var i = 0; i < found.Length; i++)
        {
            var change = changes[i];
            if (change.Action == MappingAction.Remove)
            {
                headers.Remove(change.Name);
            }
            else if (found[i] is { } value)
            {
                if (change.Target == MappingTarget.StatusCode)
                {
                    status = StatusOf(value) ?? status;
                }
                else
                {
                    var earlier = change.Action == MappingAction.Append ? headers[change.Name] : StringValues.Empty;
                    headers[change.Name] = StringValues.Concat(earlier, HeaderText.ForClient(value));
                }
            }
        }

        if (context.Api.Cors is { } cors)
        {
            CorsHeaders.AddVary(headers, cors);
        }

        return status;
    }

    // Any other is ignored: an interim status in the place of the last one would make the client wait for another answer.
    private static int? StatusOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= MinStatus and <= MaxStatus
            ? status : null;
}
