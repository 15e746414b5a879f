using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Sigma.IntegrationTests.Archive;
using Sigma.IntegrationTests.Stations;
using Sigma.TestServers.Processes;

namespace Sigma.IntegrationTests.Gateway.Core;

/// <summary>More than fits at once: what does not is told to come again, and memory stays within its bounds.</summary>
public sealed class Memory_of_a_gateway(ITestOutputHelper output) : IDisposable
{
    const int Senders = 12, LinesOfRequest = 30_000;
    const double Megabyte = 1 << 20, InHand = 64, Most = 450;

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sigma-memory-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Stays_within_its_bounds_whatever_is_sent_at_once_and_all_that_comes_again_is_kept()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("memory is the subject");
        station.Integrations("logs");
        station.Settings["Gateway:Limits:BytesInHand"] = ((int)(InHand * Megabyte)).ToString(CultureInfo.InvariantCulture);
        await using var archive = ArchiveProcess.Start(station, "archive", _folder.CreateSubdirectory("data").FullName, _folder.FullName);
        await archive.Ready();
        await using var gateway = await station.StartGatewayProcess(_folder.FullName);
        // 10 MB each, packed to little; half of them do not say how long they are.
        var body = Packed();
        using HttpClient http = new() { BaseAddress = gateway.Url, Timeout = TimeSpan.FromMinutes(2) };
        using CancellationTokenSource ended = new();
        var watching = Watch(gateway, ended.Token);
        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(async number =>
        {
            while (true)
            {
                using HttpRequestMessage request = new(HttpMethod.Post, "in/logs") { Content = new ByteArrayContent(body) };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Gateways.KeyOf("logs"));
                request.Headers.TransferEncodingChunked = number % 2 == 0;
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
                request.Content.Headers.ContentEncoding.Add("gzip");
                using var answer = await http.SendAsync(request);
                if (answer.IsSuccessStatusCode)
                    return;
                Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests]);
                Interlocked.Increment(ref refused);
                await Task.Delay(answer.Headers.RetryAfter!.Delta!.Value);
            }
        }));
        await ended.CancelAsync();
        var most = await watching;
        output.WriteLine($"{refused} were told to come again; memory at most {most:0} MB");
        Assert.True(refused > 0, "nothing was refused: the load was too small to show anything");
        Assert.True(most < Most, $"{most:0} MB, with {InHand} MB in hand");
    }

    static async Task<double> Watch(ServiceProcess gateway, CancellationToken ct)
    {
        var most = 0d;
        while (!ct.IsCancellationRequested)
        {
            gateway.Process.Refresh();
            most = Math.Max(most, gateway.Process.WorkingSet64 / Megabyte);
            await Task.Delay(50, CancellationToken.None);
        }
        return most;
    }

    static byte[] Packed()
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
            for (var line = 0; line < LinesOfRequest; line++)
                gzip.Write(JsonSerializer.SerializeToUtf8Bytes(new
                {
                    host = $"web-{line % 50}", level = "info", request = line, user = $"u{line % 999}", message = new string('x', 250), end = "\n",
                }));
        return packed.ToArray();
    }
}
