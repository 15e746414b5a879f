using System.Net;

namespace Sigma.Hosting.Health;

/// <summary>A container's health check, for images without curl: the service's own program asks the one that runs whether it is ready.</summary>
internal static class HealthProbe
{
    const string Switch = "--health";

    public static bool IsAskedFor(string[] args) => args is [Switch];

    /// <summary>Asks the service of this machine, or container.</summary>
    public static Task<int> Run()
    {
        var port = Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS")?.Split(';', StringSplitOptions.RemoveEmptyEntries) is [var first, ..]
            ? first : "8080";
        return Ask(new Uri($"http://127.0.0.1:{port}"));
    }

    /// <summary>0 when it is ready; 1 when not, after a line that says why.</summary>
    public static async Task<int> Ask(Uri service)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(7) };
        try
        {
            using var answer = await http.GetAsync(new Uri(service, "/health/ready"));
            Console.WriteLine(await answer.Content.ReadAsStringAsync());
            return answer.StatusCode == HttpStatusCode.OK ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            Console.WriteLine($"no answer: {e.Message}");
            return 1;
        }
    }
}
