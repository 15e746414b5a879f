using System.Text.Json;
using Sigma.Benchmarks.Figures;
using Sigma.Benchmarks.Screens;
using Sigma.Benchmarks.Traffic;

namespace Sigma.Benchmarks.Parts;

/// <summary>How soon the board and its API answer, with all alerts on it.</summary>
internal static class ConsoleReads
{
    const string Part = "Console, looking and finding";
    const int WarmUp = 5, Paints = 20, Pages = 5, Lists = 200, Filters = 200, Facets = 100, Accounts = 100;

    public static async Task Run(ConsoleUnderLoad load, CancellationToken ct)
    {
        var (session, report) = (load.Session, load.Report);
        Progress.Say("The board's first paint");
        Times paints = new(), pages = new();
        var size = 0;
        for (var i = 0; i < Paints; i++)
            size = (await paints.Take(() => ConsoleSession.Load(session.Pages, "", ct))).Length;
        for (var i = 0; i < Pages; i++)
            await (await pages.Take(() => Circuit.Open(session, "", (_, _) => { }, ct))).DisposeAsync();
        report.Add(
            new Figure(Part, $"the board's first paint, by HTTP, median of {Paints}", paints.At(0.5), "ms"),
            new Figure(Part, "the board's first paint, by HTTP, longest", paints.Longest, "ms") { AtMost = 1_000 },
            new Figure(Part, "the board's document, uncompressed", size / 1024d, "KB"),
            new Figure(Part, $"the live page until it has its rows, longest of {Pages}", pages.Longest, "ms") { AtMost = 1_000 });

        Progress.Say("Lists, filters, facets");
        await List(session, WarmUp, ct);
        report.Add([.. (await List(session, Lists, ct)).Figures(Part, "list by API, 200 a page", 50)]);
        await Ask(session, "api/v1/alerts?limit=50&account=1&", WarmUp, ct);
        report.Add([.. (await Ask(session, "api/v1/alerts?limit=50&", Filters, ct)).Figures(Part, "a filter", 100)]);
        report.Add([.. (await Ask(session, "api/v1/facets?group=company&", Facets, ct)).Figures(Part, "facets", 100)]);
        Times finds = new();
        for (var i = 0; i < Accounts; i++)
        {
            var account = AlertStock.Account(7 * i);
            await finds.Take(() => ConsoleSession.Load(session.Api, $"api/v1/alerts?account={account}", ct));
        }
        report.Add([.. finds.Figures(Part, "the alerts of one account", 100)]);
    }

    /// <summary>Page after page, each from where the last one ended.</summary>
    static async Task<Times> List(ConsoleSession session, int calls, CancellationToken ct)
    {
        Times took = new();
        string? next = null;
        for (var i = 0; i < calls; i++)
        {
            var address = $"api/v1/alerts?limit=200{(next is null ? "" : $"&after={Uri.EscapeDataString(next)}")}";
            using var page = JsonDocument.Parse(await took.Take(() => ConsoleSession.Load(session.Api, address, ct)));
            next = page.RootElement.TryGetProperty("next", out var said) ? said.GetString() : null;
        }
        return took;
    }

    static async Task<Times> Ask(ConsoleSession session, string address, int calls, CancellationToken ct)
    {
        Times took = new();
        for (var i = 0; i < calls; i++)
        {
            var filter = Filter(i);
            await took.Take(() => ConsoleSession.Load(session.Api, address + filter, ct));
        }
        return took;
    }

    // No two are the same, nor those of the facets, which are grouped: what was found once is kept for as long as nothing changes.
    static string Filter(int number)
    {
        var turn = number / 4;
        return (number % 4) switch
        {
            0 => $"rule={AlertStock.Rule(turn)}{(turn < AlertStock.Rules ? "" : "&ack=no")}",
            1 => $"severity={AlertStock.Severity(turn % 5)}&source={AlertStock.Source(turn / 5 % 5 * 8)}{(turn < 25 ? "" : "&ack=no")}",
            2 => $"company={Uri.EscapeDataString(AlertStock.Company(AlertStock.Account(turn)))}",
            _ => $"q=srv-{turn:000}",
        };
    }
}
