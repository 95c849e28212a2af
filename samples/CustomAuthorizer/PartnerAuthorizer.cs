using System.Security.Cryptography;
using System.Text;
using ApiGateway.Middleware.Contracts;

namespace CustomAuthorizer;

/// <summary>Knows partners by their keys. What a partner may do is a policy, so one remembered result serves all methods.</summary>
internal sealed class PartnerAuthorizer : IGatewayAuthorizer
{
    // In earnest, hashes from a store; these are of 'reader-key' and 'writer-key'.
    private static readonly (string Name, byte[] KeyHash, string Policy)[] Partners =
    [
        ("reader", SHA256.HashData("reader-key"u8), PolicyFor("GET")),
        ("writer", SHA256.HashData("writer-key"u8), PolicyFor("*")),
    ];

    public ValueTask<AuthorizationResult> AuthorizeAsync(AuthorizationRequest request, CancellationToken cancellationToken)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(request.Token));
        foreach (var (name, keyHash, policy) in Partners)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, keyHash))
            {
                return new(AuthorizationResult.Allow(name) with
                {
                    Policy = policy,
                    Context = new Dictionary<string, string> { ["tier"] = "gold" },
                });
            }
        }

        return new(AuthorizationResult.Unauthorized());
    }

    private static string PolicyFor(string method) => $$"""
        {
          "Version": "2012-10-17",
          "Statement": [{ "Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:*:*:shop/*/{{method}}/orders/*" }]
        }
        """;
}
