namespace Sigma.Gateway.Logs.Elasticsearch;

/// <summary>One action of a bulk request, and what comes of it.</summary>
/// <param name="Action"><c>index</c>, <c>create</c>, <c>update</c> or <c>delete</c>.</param>
/// <param name="Index">The index that it names; null when it names none.</param>
/// <param name="Id">The <c>_id</c> that it names, or one made up here.</param>
internal sealed record BulkItem(string Action, string? Index, string Id)
{
    /// <summary>The status of its answer.</summary>
    public int Status { get; init; } = StatusCodes.Status201Created;

    /// <summary>Kind of error; null when it is taken.</summary>
    public string? Error { get; init; }

    /// <summary>What is wrong; null when it is taken.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether its sender gave it the <c>_id</c>, by which it is known again.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Place of its line among those of the request; negative when it has none.</summary>
    public int Line { get; init; } = -1;
}
