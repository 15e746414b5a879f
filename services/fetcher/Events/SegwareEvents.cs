using Microsoft.Extensions.Options;
using Sigma.Fetcher.Coverage;
using Sigma.Segware;
using Sigma.Storage;

namespace Sigma.Fetcher.Events;

/// <summary>Asks Segware for the events of a slice.</summary>
internal sealed class SegwareEvents(SegwareApi api, EventReader reader, IOptions<SegwareOptions> options)
{
    /// <exception cref="OverLimitException">There are more than one answer may have.</exception>
    public Task<SliceAnswer> In(Slice slice, CancellationToken ct) => api.Get(
        $"v1/events?startDate={SegwareDates.Write(slice.From.ToTime())}&endDate={SegwareDates.Write(slice.To.ToTime())}",
        (body, token) => reader.Read(body, slice, options.Value.EventLimit, token), ct);
}
