using System.Net;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.OperatorConsole.Board;

namespace Sigma.ServiceTests.Console.Pages;

/// <summary>The board, an alert and the history, as they come before any script runs.</summary>
public sealed class Alerts_on_pages : IAsyncLifetime
{
    const string Evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;";

    ConsolePages _console = null!;

    public async Task InitializeAsync() => _console = await ConsolePages.Start();

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Theory]
    [InlineData("pt-BR", "Nenhum alerta ativo"), InlineData("en", "Nothing is raised")]
    public async Task An_empty_board_says_so(string language, string text)
    {
        await Await.Until(() => Task.FromResult(Board.StaleSince), stale => stale is null, "the board is loaded");
        Assert.Contains(text, await _console.Page("/", language));
    }

    [Theory]
    [InlineData("pt-BR", "crítico", "1 alerta ativo"), InlineData("en", "critical", "1 alert raised")]
    public async Task An_alert_is_on_the_board_before_any_script_runs(string language, string severity, string heading)
    {
        var alert = await Raise("panel-silent", severity: "critical");
        var page = await _console.Page("/", language);
        Assert.Contains($"data-row=\"{alert}\"", page);
        Assert.Contains($"href=\"alerts/{alert}\"", page);
        Assert.Contains("panel-silent", page);
        Assert.Contains(severity, page);
        Assert.Contains("23 / 20", page);
        Assert.Contains($"<h1>{heading}</h1>", page);
    }

    [Fact]
    public async Task The_address_says_what_the_board_shows()
    {
        var (one, other) = (await Raise("one"), await Raise("other", account: "8"));
        var page = await _console.Page("/?rule=one");
        Assert.Contains($"{one}", page);
        Assert.DoesNotContain($"{other}", page);
        page = await _console.Page("/?q=other&group=account&wall=1");
        Assert.Contains($"{other}", page);
        Assert.DoesNotContain($"{one}", page);
        Assert.Contains("class=\"board-group\"", page);
        Assert.Contains("<body class=\"wall\"", page);
        Assert.Contains("Nenhum alerta com estes filtros", await _console.Page("/?rule=nothing"));
    }

    [Fact]
    public async Task An_alert_has_a_page_in_both_languages()
    {
        var alert = await Raise("excess");
        Assert.Contains("23 eventos, e o limite é 20", await _console.Page($"/alerts/{alert}"));
        var page = await _console.Page($"/alerts/{alert}", "en");
        Assert.Contains("23 events, and the limit is 20", page);
        Assert.Contains("Raised", page);
        Assert.Contains($"silences/new?matcher={Uri.EscapeDataString("rule=\"excess\"")}", page);
        using var nothing = await _console.Ask($"/alerts/{Guid.NewGuid()}");
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        Assert.Contains("Página não encontrada", WebUtility.HtmlDecode(await nothing.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task History_has_what_is_over_and_leads_to_the_next_page_and_to_the_table()
    {
        var alert = await Raise("excess");
        var page = await _console.Page("/history?rule=excess&severity=&ack=&from=&min=");
        Assert.Contains($"alerts/{alert}", page);
        Assert.Contains("api/v1/history.csv?rule=excess", page);
        Assert.Contains("Tempos por regra", page);
        Assert.Contains("No alert of this period", await _console.Page("/history?rule=nothing", "en"));
        Assert.Contains("não existe", await _console.Page("/history?after=nonsense"));
    }

    [Fact]
    public async Task What_others_write_is_text_wherever_it_stands()
    {
        var alert = await Raise(Evil, source: "integration", kind: RuleKind.External, summary: Evil, url: "javascript:alert(1)", name: Evil);
        string[] addresses = ["/", $"/?q={Uri.EscapeDataString(Evil)}", $"/alerts/{alert}", "/history", $"/history?by={Uri.EscapeDataString(Evil)}",
            $"/?{Uri.EscapeDataString(Evil)}={Uri.EscapeDataString(Evil)}", $"/history?{Uri.EscapeDataString(Evil)}={Uri.EscapeDataString(Evil)}",
            "/?group=rule", "/?group=account"];
        foreach (var address in addresses)
        {
            using var answer = await _console.Ask(address);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var page = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotContain("<script>alert", page);
            Assert.DoesNotContain("<img src=x", page);
            Assert.DoesNotContain("href=\"javascript:", page);
        }
    }

    [Theory]
    [InlineData("https://runbooks.example/a?b=c", true), InlineData("http://host/", true), InlineData("javascript:alert(1)", false),
        InlineData("data:text/html,x", false), InlineData("//host/", false), InlineData("see the runbook", false)]
    public async Task Only_an_address_of_the_web_is_made_a_link(string url, bool isLink)
    {
        var alert = await Raise("excess", url: url);
        var page = await _console.Page($"/alerts/{alert}");
        Assert.Contains(url, page);
        Assert.Equal(isLink, page.Contains($"href=\"{url}\"", StringComparison.Ordinal));
    }

    RaisedAlerts Board => _console.Services.GetRequiredService<RaisedAlerts>();

    async Task<Guid> Raise(string rule, string account = "7", string severity = "warning", string source = "segware", string kind = RuleKind.Count,
        string? summary = null, string? url = null, string? name = null)
    {
        var alert = Guid.NewGuid();
        var now = _console.Services.GetRequiredService<TimeProvider>().GetUtcNow() - TimeSpan.FromMinutes(5);
        var isCount = kind == RuleKind.Count;
        await _console.Services.GetRequiredService<IBus>().Publish(new AlertRaised
        {
            AlertId = alert, Rule = rule, Severity = severity, Source = source, Kind = kind, Summary = summary, Url = url,
            Labels = new Dictionary<string, string> { ["account"] = name ?? account, ["code"] = name ?? "E130" },
            Annotations = name is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["note"] = name },
            Count = isCount ? 23 : null, Threshold = isCount ? 20 : null, WindowFrom = isCount ? now.AddHours(-2) : null,
            WindowTo = isCount ? now : null, FirstEventAt = isCount ? now.AddHours(-1) : null, LastEventAt = isCount ? now : null,
            Value = isCount ? 23 : null, Limit = isCount ? 20 : null, Unit = isCount ? "events" : null, Since = now.AddHours(-1), RaisedAt = now,
        });
        await Await.Until(() => Task.FromResult(Board.Find(BoardFilter.All, Who)), found => found.Rows.Any(row => row.AlertId == alert),
            "the board shows the alert");
        return alert;
    }

    static Sigma.OperatorConsole.Access.Caller Who { get; } =
        new("a test", Sigma.OperatorConsole.Access.Role.Viewer, Sigma.OperatorConsole.Access.LabelLimits.None);
}
