namespace ApiGateway.Middleware.Snapshots;

/// <summary>A variable of a resource's path: the segment it stands for, or all from there on if it is greedy.</summary>
internal readonly record struct PathVariable(string Name, int Segment, bool IsGreedy);
