namespace ApiGateway.Middleware.Languages.Schemas.Json;

/// <summary>A set of JSON types. <see cref="Number"/> alone stands for every number; a schema's "number" is both bits.</summary>
[Flags]
internal enum JsonTypes
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Integer = 4,
    Number = 8,
    String = 16,
    Array = 32,
    Object = 64,
    All = Null | Boolean | Integer | Number | String | Array | Object,
}
