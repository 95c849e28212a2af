using System.Globalization;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Responses;

/// <summary>Carries out the parameter mapping of a response whose status and headers stand on the client's response already.</summary>
internal static class ResponseMapper
{
    private const int MinStatus = 200;
    private const int MaxStatus = 599;

    /// <summary>Changes status and headers, if the transformation step wants that of the integration that has written them.</summary>
    public static void MapHead(GatewayContext context)
    {
        var response = context.Http.Response;
        if (context.HeadMapping?.ForResponse(response.StatusCode) is { } changes)
        {
            response.StatusCode = Map(context, response.StatusCode, default, changes);
        }
    }

    /// <summary>Changes headers.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status of the integration.</param>
    /// <param name="body">The body, if a value comes from it.</param>
    /// <param name="changes">What changes.</param>
    /// <returns>The status that the client gets.</returns>
    public static int Map(GatewayContext context, int status, ReadOnlyMemory<byte> body, ParameterChange[] changes)
    {
        var headers = context.Http.Response.Headers;
        var values = new AnswerValues(context, body);

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
