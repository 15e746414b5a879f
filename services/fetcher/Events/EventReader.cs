using System.Text.Json;
using Sigma.Contracts;
using Sigma.Fetcher.Coverage;
using Sigma.Segware;
using Sigma.Storage;

namespace Sigma.Fetcher.Events;

/// <summary>Reads the array of events while it comes in.</summary>
internal sealed class EventReader(EventTime times, EventFilter filter)
{
    // Three such labels fit their column even when every character is written as \u1234. Cut short, two accounts could become one.
    const int LongestLabel = 50;

    /// <exception cref="OverLimitException">There are as many records as an answer may have: the rest may have been cut off.</exception>
    /// <exception cref="JsonException">The answer is not a whole JSON array.</exception>
    public async Task<SliceAnswer> Read(Stream body, Slice slice, int limit, CancellationToken ct)
    {
        var answer = new SliceAnswer();
        var identity = new EventIdentity(slice);
        Dictionary<(string, string, string), Dictionary<string, string>> labels = [];
        await foreach (var record in JsonRecords.Split(body, ct))
        {
            if (++answer.Records >= limit)
                throw new OverLimitException($"the answer holds {limit} records, as many as an answer may have");
            Add(record.Element);
        }
        return answer;

        void Add(JsonElement record)
        {
            if (record.ValueKind != JsonValueKind.Object || record.Text("accountId") is not { } account || record.Text("code") is not { } code)
            {
                answer.AddOdd(record.GetRawText());
                return;
            }
            var cuc = record.Text("cuc") ?? "";
            if (account.Length > LongestLabel || cuc.Length > LongestLabel || code.Length > LongestLabel)
            {
                answer.AddOdd(record.GetRawText());
                return;
            }
            var at = times.Of(record, out var unusable);
            answer.UnusableTime ??= at is null ? unusable : null;
            // Named before it is filtered, so that a change of the filter renames nothing.
            var id = identity.Of(record.Text("id"), account, cuc, code, at);
            if (!filter.Includes(cuc, code))
                return;
            if (!labels.TryGetValue((account, cuc, code), out var shared))
                labels.Add((account, cuc, code), shared = new() { ["account"] = account, ["cuc"] = cuc, ["code"] = code });
            answer.Events.Add(new MonitoredEvent
            {
                EventId = id,
                // An own time outside the slice is kept: which time the source selects by is not known, and a neighbour that has the event too gives it the same id.
                OccurredAt = at ?? (slice.To - 1).ToTime(),
                Labels = shared,
                OccurrenceId = record.Text("occurrenceId"),
            });
        }
    }
}
