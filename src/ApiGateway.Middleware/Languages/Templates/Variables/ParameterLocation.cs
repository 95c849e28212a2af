namespace ApiGateway.Middleware.Languages.Templates.Variables;

/// <summary>Where a parameter of a request stands. In the order in which <c>$input.params('n')</c> looks.</summary>
internal enum ParameterLocation
{
    Path,
    QueryString,
    Header,
}
