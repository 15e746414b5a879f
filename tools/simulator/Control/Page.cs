using System.Globalization;
using System.Net;
using System.Text;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Received;
using Sigma.Simulator.Scenarios;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Control;

/// <summary>What a person sees: the fake phone, and what is going on around it.</summary>
internal static class Page
{
    private const int Shown = 50;

    private const string Head =
        """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>Simulator</title><style>
        body{font:14px/1.4 system-ui,sans-serif;margin:1.5em;display:grid;grid-template-columns:minmax(300px,400px) 1fr;gap:2em;color:#222}
        header{grid-column:1/-1} h1{margin:0;font-size:1.3em} h2{font-size:1.05em} .phone{background:#e5ddd5;padding:1em;border-radius:12px}
        .bubble{background:#dcf8c6;border-radius:8px;padding:.5em .7em;margin:.5em 0;white-space:pre-wrap;overflow-wrap:anywhere}
        .to{color:#777;font-size:.8em} table{border-collapse:collapse} td,th{border-bottom:1px solid #ddd;padding:.2em .7em;text-align:left}
        </style></head><body>
        """;

    public static void MapPage(this IEndpointRouteBuilder app) => app.MapGet("/", Show);

    private static IResult Show(
        ReceivedLog received, IEnumerable<IVendor> vendors, FaultBoard faults, ScenarioPlayer player, SimulatorOptions options, TimeProvider clock)
    {
        var html = new StringBuilder(Head);
        html.Append($"<header><h1>Segware, ChatPro and other vendors, simulated</h1>Scenario <b>{Safe(player.Name)}</b>, seed {options.Seed}, ")
            .Append($"started {Moment(player.StartedAt)}, now {Moment(clock.GetUtcNow())} (UTC)</header>");
        Phone(html, received.Messages);
        html.Append("<div>");
        AlarmEvents(html, received.AlarmEvents);
        foreach (var inbox in vendors.Select(vendor => vendor.Inbox).Where(inbox => inbox.Count > 0))
        {
            Posts(html, inbox);
        }

        Calls(html, received.CallCounts);
        Broken(html, faults.Active);
        return Results.Content(html.Append("</div></body></html>").ToString(), "text/html", Encoding.UTF8);
    }

    private static void Phone(StringBuilder html, IReadOnlyList<ReceivedMessage> messages)
    {
        html.Append($"<div><h2>WhatsApp messages: {messages.Count}</h2><div class=\"phone\">");
        foreach (var message in messages.Reverse().Take(Shown))
        {
            html.Append($"<div class=\"bubble\"><span class=\"to\">to {Safe(message.Number)}, {Moment(message.At)}</span>\n")
                .Append($"{WhatsAppText.ToHtml(message.Message)}</div>");
        }

        html.Append("</div></div>");
    }

    private static void AlarmEvents(StringBuilder html, IReadOnlyList<ReceivedAlarmEvent> alarmEvents) =>
        Table(html, $"Alarm events: {alarmEvents.Count}", "At|Account|Company|Code|Text",
            alarmEvents.Reverse().Take(Shown).Select(e => new[]
            {
                Moment(e.At), e.Item.Account, e.Item.CompanyId?.ToString(CultureInfo.InvariantCulture), e.Item.Code, e.Item.Complement,
            }));

    private static void Posts(StringBuilder html, Inbox inbox) =>
        Table(html, $"Messages to {inbox.Vendor}: {inbox.Count}, duplicates: {inbox.Duplicates}", "At|To|Text|Answered|Duplicate",
            inbox.Posts.Reverse().Take(Shown).Select(post => new[]
            {
                Moment(post.At), Mask.Of(post.To), post.Text, post.Answered ? "yes" : "no", post.IsDuplicate ? "yes" : "no",
            }));

    private static void Calls(StringBuilder html, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> counts) =>
        Table(html, "Calls", "Call|Status and count",
            counts.Select(route => new[] { route.Key, string.Join(", ", route.Value.Select(status => $"{status.Key}: {status.Value}")) }));

    private static void Broken(StringBuilder html, IReadOnlyList<ActiveFault> faults) =>
        Table(html, $"Faults in force: {faults.Count}", "Path|Kind|Hits|Until",
            faults.Select(f => new[]
            {
                f.Fault.Path, f.Fault.Kind.ToString(), f.Hits.ToString(CultureInfo.InvariantCulture), f.Ends is { } ends ? Moment(ends) : "removed",
            }));

    private static void Table(StringBuilder html, string title, string columns, IEnumerable<string?[]> rows)
    {
        html.Append($"<h2>{title}</h2><table><tr>").AppendJoin("", columns.Split('|').Select(column => $"<th>{column}</th>")).Append("</tr>");
        foreach (var row in rows)
        {
            html.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{Safe(cell)}</td>")).Append("</tr>");
        }

        html.Append("</table>");
    }

    private static string Safe(string? text) => WebUtility.HtmlEncode(text ?? "");

    private static string Moment(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
