using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Util;

namespace ApiGateway.Middleware.FunctionalTests.Authorization;

/// <summary>Signs with the code of the AWS SDK for .NET, as its clients do.</summary>
internal static class SdkSigner
{
    private const string Service = "execute-api";

    private static readonly Config ClientConfig = new();

    /// <summary>Signs in the header <c>Authorization</c>.</summary>
    public static HttpRequestMessage Sign(SdkRequest request, string id, string secret, DateTimeOffset now, string? token = null)
    {
        var signed = Prepare(request);
        if (token is not null)
        {
            signed.Headers["X-Amz-Security-Token"] = token;
        }

        var result = new AWS4Signer().SignRequest(signed, ClientConfig, new RequestMetrics(), id, secret, now.UtcDateTime);
        signed.Headers["Authorization"] = result.ForAuthorizationHeader;
        return ToMessage(request, AmazonServiceClient.ComposeUrl(signed), signed.Headers);
    }

    /// <summary>Signs in the query.</summary>
    public static HttpRequestMessage Presign(SdkRequest request, string id, string secret, DateTimeOffset now, int seconds)
    {
        var signed = Prepare(request);
        signed.Parameters["X-Amz-Expires"] = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var result = AWS4PreSignedUrlSigner.SignRequest(signed, ClientConfig, new RequestMetrics(), id, secret, Service, "us-east-1", now.UtcDateTime);
        var url = AmazonServiceClient.ComposeUrl(signed).AbsoluteUri;
        return ToMessage(request, new Uri($"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{result.ForQueryParameters}"), new Dictionary<string, string>());
    }

    private static DefaultRequest Prepare(SdkRequest request)
    {
        var prepared = new DefaultRequest(new Nothing(), Service)
        {
            HttpMethod = request.Method,
            Endpoint = request.Endpoint,
            ResourcePath = request.Id is null ? "/dev/orders" : "/dev/orders/{Id}",
            AuthenticationRegion = "us-east-1",
            Content = request.Body is null ? null : Encoding.UTF8.GetBytes(request.Body),
            UseQueryString = true,
        };
        if (request.Id is not null)
        {
            prepared.AddPathResource("{Id}", request.Id);
        }

        foreach (var (name, value) in request.Query)
        {
            prepared.Parameters[name] = value;
        }

        return prepared;
    }

    private static HttpRequestMessage ToMessage(SdkRequest request, Uri url, IDictionary<string, string> headers)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), url)
        {
            Content = request.Body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(request.Body)),
        };
        foreach (var (name, value) in headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private sealed class Nothing : AmazonWebServiceRequest;

    private sealed class Config : ClientConfig
    {
        public Config()
            : base(new DefaultConfigurationProvider([new DefaultConfiguration { Name = DefaultConfigurationMode.Standard }]))
        {
            RegionEndpoint = Amazon.RegionEndpoint.USEast1;
            AuthenticationServiceName = Service;
        }

        public override string RegionEndpointServiceName => Service;

        public override string ServiceVersion => "2015-07-09";

        public override string UserAgent => "tests";

        public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
            new("https://execute-api.us-east-1.amazonaws.com");
    }
}
