using System.Text.Json;

namespace Sigma.IntegrationTests.Gateway.Core;

/// <summary>Bodies as senders write them: something fires, and is over ten minutes later.</summary>
internal static class Bodies
{
    static readonly DateTimeOffset Began = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static string Firing(string kind, string id) => kind == "gcp" ? Gcp(id, isOver: false) : Generic(id, isOver: false);

    public static string Resolved(string kind, string id) => kind == "gcp" ? Gcp(id, isOver: true) : Generic(id, isOver: true);

    static string Gcp(string id, bool isOver) => Payload.Text($"gcp/v1.2-uptime-{(isOver ? "closed" : "open")}.json")
        .Replace("0.ligwyr056k2l", id, StringComparison.Ordinal);

    static string Generic(string id, bool isOver) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["id"] = id, ["status"] = isOver ? "resolved" : "firing", ["severity"] = "critical", ["title"] = $"{id} stands",
        ["startsAt"] = Began, ["endsAt"] = isOver ? Began.AddMinutes(10) : null, ["labels"] = new Dictionary<string, string> { ["host"] = id },
    });
}
