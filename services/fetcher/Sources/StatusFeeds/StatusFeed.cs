namespace Sigma.Fetcher.Sources.StatusFeeds;

/// <summary>A provider's feed of outages. What cannot be read is never taken for quiet.</summary>
internal sealed class StatusFeed(StatusFeedOptions feed, FeedKind kind, FeedClient client, IncidentConditions conditions, SourcePlan plan)
    : IPolledSource
{
    public SourcePlan Plan => plan;

    public async Task<SourceLook> Look(SourceMemory memory, CancellationToken ct)
    {
        var answer = await client.Get(memory.SucceededAt is null ? null : FeedTag.Of(memory.Note), ct);
        if (answer.Body is not { } body)
            return new() { State = SourceState.Ok, Note = memory.Note, IsUnchanged = true };
        var reading = kind.Reader.Read(body);
        var listed = reading.Incidents.Select(incident => incident.Key).ToHashSet();
        return new()
        {
            State = SourceState.Ok, Note = reading.Odd == 0 ? answer.Tag.ToNote() : null,
            Reason = reading.Odd == 0 ? null : $"{reading.Odd} of its entries cannot be read",
            Conditions = [.. reading.Incidents.Where(incident => feed.Maintenance || !incident.IsMaintenance).SelectMany(conditions.Of)],
            // What is listed, and is nothing of ours any more, is over for us.
            IsOverUnlessSeen = id => reading.ListsAllOpen || listed.Contains(id) || listed.Contains(IncidentConditions.KeyOf(id)),
        };
    }
}
