using System.Runtime.CompilerServices;
using System.Text;
using Sigma.Cli.Consoles;
using Sigma.Gateway.Intake;
using Sigma.OperatorConsole.Services;

namespace Sigma.Cli.Intake;

/// <summary>Deliveries, as a console has them of the gateway.</summary>
internal sealed class ConsoleIntake(ConsoleApi console) : IIntake
{
    const int PerPage = 200;

    public async IAsyncEnumerable<IReadOnlyList<ListedDelivery>> List(string? integration, string? state, long? after, int top,
        [EnumeratorCancellation] CancellationToken ct)
    {
        var from = after is { } number ? FormattableString.Invariant($"{number}") : null;
        for (var left = top; left > 0;)
        {
            var page = await console.Get<ServicePage<GatewayDelivery>>(ConsoleApi.Path("intake", ("integration", integration), ("state", state),
                ("order", "oldest"), ("after", from), ("limit", Math.Min(left, PerPage))), ct);
            yield return [.. page.Items.Select(Of)];
            if (page.Next is null || page.Items.Count == 0)
                yield break;
            (left, from) = (left - page.Items.Count, page.Next);
        }
    }

    public async Task<ShownDelivery?> Find(long number, CancellationToken ct) =>
        await console.Find<GatewayBody>(Address(number), ct) is { } found ? new(Of(found.Delivery), found.Headers,
            found.Text ?? Encoding.UTF8.GetString(Convert.FromBase64String(found.Base64 ?? ""))) : null;

    public async Task<ListedDelivery?> Replay(long number, CancellationToken ct)
    {
        try
        {
            await console.Send<GatewayReplay>(HttpMethod.Post, $"{Address(number)}/replay", null, ct);
        }
        catch (ConsoleException e) when (e.Status == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }
        return (await Find(number, ct))?.Delivery;
    }

    static string Address(long number) => FormattableString.Invariant($"intake/{number}");

    static ListedDelivery Of(GatewayDelivery sent) => new()
    {
        Number = sent.Id, Delivery = sent.Delivery, Integration = sent.Integration, Kind = sent.Kind, Via = sent.Via, ReceivedAt = sent.ReceivedAt,
        State = sent.State, Place = sent.Place, Reason = sent.Reason, Items = sent.Items, Duplicates = sent.Duplicates,
        Understood = [.. sent.Understood.Select(item => new UnderstoodItem(item.State, item.Severity, item.ExternalId, item.StartsAt, item.EndsAt,
            item.Title, item.Service, item.Region))],
    };
}
