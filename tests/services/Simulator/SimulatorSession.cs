using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Sigma.Simulator;
using Sigma.Simulator.Segware;

namespace Sigma.ServiceTests.Simulator;

/// <summary>A simulator of one test's own, and clients with the right tokens.</summary>
internal sealed class SimulatorSession : IAsyncDisposable
{
    private SimulatorSession(SimulatorApp app, ManualClock clock)
    {
        App = app;
        Clock = clock;
        Segware = new HttpClient { BaseAddress = app.Url, Timeout = TimeSpan.FromSeconds(20) };
        Segware.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", app.Options.Token);
        Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = app.Url, Timeout = TimeSpan.FromSeconds(20) };
        ChatPro = new HttpClient { BaseAddress = app.Url, Timeout = TimeSpan.FromSeconds(20) };
        ChatPro.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", app.Options.ChatProToken);
    }

    public static DateTimeOffset Noon => ManualClock.Noon;

    public SimulatorApp App { get; }

    public ManualClock Clock { get; }

    public HttpClient Segware { get; }

    public HttpClient ChatPro { get; }

    /// <summary>Without any token; it follows no redirects.</summary>
    public HttpClient Http { get; }

    public static async Task<SimulatorSession> Start(Action<SimulatorOptions>? change = null)
    {
        var options = new SimulatorOptions();
        change?.Invoke(options);
        var clock = new ManualClock();
        return new SimulatorSession(await SimulatorApp.Start(options, clock), clock);
    }

    public static SegwareEvent Event(DateTimeOffset at, long account = 7, string? occurrence = null, DateTimeOffset? availableAt = null) =>
        new() { AccountId = account, Cuc = "ALR", Code = "E130", At = at, OccurrenceId = occurrence, AvailableAt = availableAt };

    public static string Slice(DateTimeOffset from, DateTimeOffset to) => $"startDate={Iso(from)}&endDate={Iso(to)}";

    public static string Iso(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public Task<JsonElement[]> Events(DateTimeOffset from, DateTimeOffset to) => Array($"/v1/events?{Slice(from, to)}");

    public Task<JsonElement[]> Excused(DateTimeOffset from, DateTimeOffset to) =>
        Array($"/v2/occurrences?{Slice(from, to)}&occurrenceClosingUserId=52583&receptedDataType=ALARM&masterCompanyId=1");

    public async Task<JsonElement[]> Array(string path)
    {
        using var document = JsonDocument.Parse(await Segware.GetStringAsync(path));
        return [.. document.RootElement.EnumerateArray().Select(element => element.Clone())];
    }

    public async Task<JsonElement> Object(string path)
    {
        using var document = JsonDocument.Parse(await Segware.GetStringAsync(path));
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        Segware.Dispose();
        ChatPro.Dispose();
        Http.Dispose();
        await App.DisposeAsync();
    }
}
