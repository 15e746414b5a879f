using System.Data.Common;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Options;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Pages.Parts;

namespace Sigma.OperatorConsole.Pages.History;

/// <summary>What was raised before, page by page. It is a form and links: every address shows the same again.</summary>
public sealed partial class HistoryPage : ComponentBase
{
    const int Rows = 100, MostBack = 20;
    const string After = "after", Back = "back";

    // Those the form has; others come by links and stay.
    static readonly HashSet<string> Fields = ["severity", "rule", "account", LabelLimits.Company];

    HistoryFilter _filter = new();
    IReadOnlyList<AlertView>? _alerts;
    HistoryTimes? _times;
    string? _after, _next, _problem;
    string[] _back = [];

    [CascadingParameter]
    Task<AuthenticationState> Auth { get; set; } = null!;

    [CascadingParameter]
    HttpContext Http { get; set; } = null!;

    [Inject]
    IOptions<ConsoleOptions> Options { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var caller = Caller.Of((await Auth).User);
        var query = Http.Request.Query;
        // A form sends its empty fields too.
        _filter = HistoryFilter.Parse(query.Where(pair => pair.Key is not (After or Back))
            .SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value)))
            .Where(pair => pair.Value is { Length: > 0 } || !Fields.Contains(pair.Key)),
            TimeZoneInfo.FindSystemTimeZoneById(Options.Value.TimeZone));
        _after = query[After] is [{ Length: > 0 } after] ? after : null;
        _back = query[Back] is [{ Length: > 0 } back] ? back.Split(',', MostBack + 1) : [];
        try
        {
            var page = await Query.Page(_filter, _after, Rows, caller, Http.RequestAborted);
            (_alerts, _next) = (page.Items, page.Next);
            _times = await Query.Times(_filter, caller, Http.RequestAborted);
        }
        catch (FormatException)
        {
            _problem = T["PlaceInvalid"];
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            _problem = T["DatabaseFailed", e.Message];
        }
    }

    string? Field(string name) => _filter.Fields.GetValueOrDefault(name)?.FirstOrDefault();

    string Period() => _filter.From is { } from
        ? _filter.To is { } to ? T["PeriodFromTo", Clock.Full(from), Clock.Full(to)] : T["PeriodFrom", Clock.Full(from)]
        : T["PeriodUsual", (int)HistoryFilter.Usually.TotalDays];

    string? Local(DateTimeOffset? at) => at is { } time ? Clock.Local(time).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) : null;

    static string? Length(TimeSpan? length) => length is not { } span ? null
        : span is { TotalHours: >= 1, Minutes: 0, Seconds: 0 } ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.##}h")
        : span.Seconds == 0 ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0.##}m")
        : string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.##}s");

    string Of(Spread? spread) => spread is null ? "" : T["Spread", PageTime.Span(spread.Median), PageTime.Span(spread.NinetyPercent)];

    string Address(params (string Name, string? Value)[] more)
    {
        var said = more.Where(m => !string.IsNullOrEmpty(m.Value)).Select(m => $"{m.Name}={Uri.EscapeDataString(m.Value!)}");
        return $"history?{string.Join('&', said.Prepend(_filter.ToQuery()).Where(part => part.Length > 0))}";
    }

    // The places one came by, so that there is a way back without counting rows.
    string Following(string next) => Address((After, next), (Back, string.Join(',', _back.Append(_after ?? "-").TakeLast(MostBack))));

    string Previous() =>
        Address((After, _back.LastOrDefault() is { } place && place != "-" ? place : null), (Back, string.Join(',', _back.SkipLast(1))));

    string Without(string name, string value)
    {
        var values = _filter.Fields[name].Where(v => v != value).ToArray();
        Dictionary<string, IReadOnlyList<string>> fields = new(_filter.Fields);
        if (values.Length == 0)
            fields.Remove(name);
        else
            fields[name] = values;
        return $"history?{(_filter with { Fields = fields }).ToQuery()}";
    }
}
