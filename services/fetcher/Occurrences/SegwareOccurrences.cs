using Microsoft.Extensions.Options;
using Sigma.Fetcher.Coverage;
using Sigma.Fetcher.Events;
using Sigma.Segware;
using Sigma.Storage;

namespace Sigma.Fetcher.Occurrences;

/// <summary>Asks Segware which occurrences the system user closed.</summary>
internal sealed class SegwareOccurrences(SegwareApi api, IOptions<SegwareOptions> options)
{
    /// <summary>Their ids; a stretch with too many is halved, down to a second.</summary>
    public async Task<HashSet<string>> ClosedBySystemUser(Slice span, CancellationToken ct)
    {
        try
        {
            return await api.Get(
                $"v2/occurrences?startDate={SegwareDates.Write(span.From.ToTime())}&endDate={SegwareDates.Write(span.To.ToTime())}"
                + $"&occurrenceClosingUserId={options.Value.SystemUserId}",
                Read, ct);
        }
        catch (OverLimitException) when (SlicePlan.Halve(span) is [var first, var second])
        {
            var ids = await ClosedBySystemUser(first, ct);
            ids.UnionWith(await ClosedBySystemUser(second, ct));
            return ids;
        }
    }

    async Task<HashSet<string>> Read(Stream body, CancellationToken ct)
    {
        HashSet<string> ids = [];
        var records = 0;
        string? without = null;
        await foreach (var record in JsonRecords.Split(body, ct))
        {
            if (++records >= options.Value.EventLimit)
                throw new OverLimitException($"the answer holds {records} records, as many as an answer may have");
            if ((record.Element.Text("id") ?? record.Element.Text("occurrenceId")) is { } id)
                ids.Add(EventIdentity.Short(id));
            else
                without ??= record.RawText(200);
        }
        return ids.Count > 0 || without is null ? ids
            : throw new InvalidDataException($"none of {records} occurrences has an id, for example {ResponseText.OneLine(without, 200)}");
    }
}
