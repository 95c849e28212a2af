namespace ApiGateway.Middleware.Snapshots;

/// <summary>The names of <see cref="JwtAlgorithms"/>; case counts.</summary>
internal static class JwtAlgorithmNames
{
    /// <summary>Gets the algorithm of a name.</summary>
    public static bool TryParse(string name, out JwtAlgorithms algorithm)
    {
        algorithm = name switch
        {
            "RS256" => JwtAlgorithms.RS256,
            "RS384" => JwtAlgorithms.RS384,
            "RS512" => JwtAlgorithms.RS512,
            "PS256" => JwtAlgorithms.PS256,
            "PS384" => JwtAlgorithms.PS384,
            "PS512" => JwtAlgorithms.PS512,
            "ES256" => JwtAlgorithms.ES256,
            "ES384" => JwtAlgorithms.ES384,
            "ES512" => JwtAlgorithms.ES512,
            _ => JwtAlgorithms.None,
        };
        return algorithm != JwtAlgorithms.None;
    }
}
