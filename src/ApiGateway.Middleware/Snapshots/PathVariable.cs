namespace ApiGateway.Middleware.Snapshots;

/// <summary>A variable of a resource's path: the segment it stands for, or all from there on if it is greedy.</summary>
/// <param name="Name">The name, without braces and plus sign.</param>
/// <param name="Segment">The number of the segment in the route's path.</param>
/// <param name="IsGreedy">Whether it takes all segments from there on.</param>
/// <param name="IsDecoded">Whether its value is told as text, not in the form in which it was received.</param>
internal readonly record struct PathVariable(string Name, int Segment, bool IsGreedy, bool IsDecoded = false);
