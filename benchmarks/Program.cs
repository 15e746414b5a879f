using Sigma.Benchmarks;
using Sigma.Benchmarks.Figures;
using Sigma.Benchmarks.Parts;
using Sigma.Benchmarks.Services;

// Measures the speed the project promises, with the services as processes of their own, a real broker and a real database.
if (CommandLine.Parse(args) is not { } wanted)
    return CommandLine.ExitCode(args);

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) => { pressed.Cancel = true; stop.Cancel(); };
try
{
    await PublishedServices.Publish([.. wanted.OfEvaluator ? (string[])["evaluator", "fetcher"] : [],
        .. wanted.OfConsole ? (string[])["notifier", "console"] : [], .. wanted.OfArchive ? (string[])["archive"] : [],
        .. wanted.OfGateway ? (string[])["gateway"] : []], stop.Token);
    await using var servers = await BenchmarkServers.Start(stop.Token);
    var report = new Report(await Machine.Describe(servers, stop.Token));
    if (wanted.FirstPoll || wanted.NextPoll)
        await Polls.Run(servers, wanted, report, stop.Token);
    if (wanted.Sustained)
        await SustainedLoad.Run(servers, wanted, await DatabaseAlone.Run(servers, wanted, report, stop.Token), report, stop.Token);
    if (wanted.News)
        await NewsLoad.Run(servers, wanted, report, stop.Token);
    if (wanted.Backtest)
        await BacktestOfTwoWeeks.Run(servers, report, stop.Token);
    if (wanted.LogLines)
    {
        await LinesLoad.Run(servers, wanted, report, stop.Token);
        await LinesSearch.Run(servers, wanted, report, stop.Token);
    }
    if (wanted.Samples)
        await SamplesLoad.Run(servers, wanted, report, stop.Token);
    if (wanted.Overload)
        await Overload.Run(servers, wanted, report, stop.Token);
    if (wanted.Webhooks)
        await WebhookLoad.Run(servers, wanted, report, stop.Token);
    if (wanted.RemoteWrite)
        await RemoteWriteLoad.Run(servers, wanted, report, stop.Token);
    if (wanted.Beats)
        await BeatsLoad.Run(servers, wanted, report, stop.Token);
    if (wanted.OfConsole)
    {
        await ConsoleLoad.Run(servers, wanted, report, stop.Token);
        await AlertmanagerLoad.Run(wanted, report, stop.Token);
    }
    report.Print(Console.Out);
    if (wanted.JsonFile is { } file)
        await report.Write(file, stop.Token);
    return report.AllPassed ? 0 : 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
