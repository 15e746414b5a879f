using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Sigma.Gateway.Queries;

namespace Sigma.Cli.Intake;

/// <summary>Deliveries, as the database has them; the gateways that run read again what they find to be read.</summary>
internal sealed class StoredIntake(IntakeQuery query) : IIntake
{
    const int PerPage = 200;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), Look = TimeSpan.FromMilliseconds(500);

    public async IAsyncEnumerable<IReadOnlyList<ListedDelivery>> List(string? integration, string? state, long? after, int top,
        [EnumeratorCancellation] CancellationToken ct)
    {
        for (var left = top; left > 0;)
        {
            var most = Math.Min(left, PerPage);
            var some = await query.List(integration, state, after, newestFirst: false, most, ct);
            yield return [.. some.Select(Of)];
            if (some.Count < most)
                yield break;
            (left, after) = (left - some.Count, some[^1].Id);
        }
    }

    public async Task<ShownDelivery?> Find(long number, CancellationToken ct) => await query.Find(number, ct) is { } found
        ? new(Of(found.Delivery), found.Headers, Encoding.UTF8.GetString(found.Body)) : null;

    public async Task<ListedDelivery?> Replay(long number, CancellationToken ct)
    {
        if (!await query.OrderReplay(number, ct))
            return null;
        for (var started = Stopwatch.GetTimestamp(); ; await Task.Delay(Look, ct))
            if (await query.Find(number, ct) is not { } found)
                return null;
            else if (found.Delivery.State != "replay" || Stopwatch.GetElapsedTime(started) >= Patience)
                return Of(found.Delivery);
    }

    static ListedDelivery Of(KeptDelivery kept) => new()
    {
        Number = kept.Id, Delivery = kept.DeliveryId, Integration = kept.Integration, Kind = kept.Kind, Via = kept.Via, ReceivedAt = kept.ReceivedAt,
        State = kept.State, Place = kept.Place, Reason = kept.Reason, Items = kept.Items, Duplicates = kept.Duplicates, Understood = kept.Understood,
    };
}
