using System.CommandLine;
using System.Text.Json;
using Sigma.Gateway.Intake;
using Spectre.Console;

namespace Sigma.Cli.Intake;

/// <summary><c>sigma intake list</c></summary>
internal static class ListIntake
{
    const int UsualTop = 1000;

    public static Command Create()
    {
        var integration = new Option<string?>("--integration") { Description = "Only of this one", HelpName = "name" };
        var state = new Option<string?>("--state")
            { Description = "Only those that are kept, duplicate, malformed, refused, unread or replay", HelpName = "state" };
        var after = new Option<long?>("--after") { Description = "Only those after this number", HelpName = "number" };
        var top = new Option<int>("--top") { Description = "So many at most", HelpName = "number", DefaultValueFactory = _ => UsualTop };
        var list = new Command("list", "Deliveries, the oldest first. Ends with 1 when there is none.") { integration, state, after, top };
        list.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            var intake = await Tracker.Intake(typed, ct);
            var shown = 0;
            await foreach (var some in intake.List(typed.GetValue(integration), typed.GetValue(state), typed.GetValue(after), typed.GetValue(top),
                ct))
            {
                Show(screen, some);
                shown += some.Count;
            }
            return shown == 0 ? ExitCode.ProblemFound : ExitCode.Ok;
        });
        return list;
    }

    static void Show(Screen screen, IReadOnlyList<ListedDelivery> deliveries)
    {
        if (screen.Json)
        {
            foreach (var delivery in deliveries)
                screen.Line(json => Write(json, delivery));
            return;
        }
        var table = Screen.Columns("rlllw");
        foreach (var delivery in deliveries)
            table.AddRow(new Text($"{delivery.Number}"), new Text($"{Screen.Time(delivery.ReceivedAt)} UTC"),
                new Text(Screen.OneLine(delivery.Integration)), new Text(delivery.State), new Text(Screen.OneLine(delivery.Says)));
        screen.Show(table);
    }

    /// <summary>As one object: what the body does not say is null.</summary>
    public static void Write(Utf8JsonWriter json, ListedDelivery delivery, Action<Utf8JsonWriter>? more = null)
    {
        json.WriteStartObject();
        json.WriteNumber("number", delivery.Number);
        json.WriteString("delivery", delivery.Delivery);
        json.WriteString("integration", delivery.Integration);
        json.WriteString("kind", delivery.Kind);
        json.WriteString("via", delivery.Via);
        json.WriteString("receivedAt", delivery.ReceivedAt);
        json.WriteString("state", delivery.State);
        json.WriteString("place", delivery.Place);
        json.WriteString("reason", delivery.Reason);
        json.WriteNumber("items", delivery.Items);
        json.WriteNumber("duplicates", delivery.Duplicates);
        json.WriteStartArray("understood");
        foreach (var item in delivery.Understood)
            Write(json, item);
        json.WriteEndArray();
        more?.Invoke(json);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, UnderstoodItem item)
    {
        json.WriteStartObject();
        json.WriteString("state", item.State);
        json.WriteString("severity", item.Severity);
        json.WriteString("externalId", item.ExternalId);
        WriteTime(json, "startsAt", item.StartsAt);
        WriteTime(json, "endsAt", item.EndsAt);
        json.WriteString("title", item.Title);
        json.WriteString("service", item.Service);
        json.WriteString("region", item.Region);
        json.WriteEndObject();
    }

    static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } at)
            json.WriteString(name, at);
        else
            json.WriteNull(name);
    }
}
