using Microsoft.Playwright;

namespace Sigma.BrowserTests;

/// <summary>The installed Chromium, started once for all tests.</summary>
internal static class Chromium
{
    static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    static readonly string? Program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    static readonly Lazy<Task<IBrowser>> Started = new(Start);

    /// <summary>Why there is no browser; null when there is one.</summary>
    public static string? Missing => Program is null ? "no Chromium is installed" : null;

    public static Task<IBrowser> Browser => Started.Value;

    static async Task<IBrowser> Start()
    {
        Assertions.SetDefaultExpectTimeout(30_000); // other tests keep the processors busy
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            // Where the tests run there may be neither a sandbox for root nor much shared memory.
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
        });
    }
}
