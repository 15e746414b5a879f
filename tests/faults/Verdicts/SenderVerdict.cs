using Sigma.Faults.Traffic;

namespace Sigma.Faults.Verdicts;

/// <summary>What the gateways answered. That nothing they accepted is lost, the verdict of the news says.</summary>
internal static class SenderVerdict
{
    public static IEnumerable<Figure> Of(GatewaySender sender) =>
    [
        new("Senders", "requests that were accepted", sender.Accepted),
        Figure.None("Senders", "answers that make a sender give up", sender.Odd),
    ];
}
