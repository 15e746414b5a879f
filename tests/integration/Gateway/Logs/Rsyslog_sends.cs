using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Sigma.TestServers;

namespace Sigma.IntegrationTests.Gateway.Logs;

/// <summary>A real rsyslog sends over syslog and over Elasticsearch's bulk; what it sends is in the archive.</summary>
public sealed class Rsyslog_sends(ITestOutputHelper output)
{
    const int Count = 200;

    [RsyslogFact]
    public async Task Its_lines_reach_the_archive_by_each_of_its_ways()
    {
        await using var station = await LogStation.Start(output, ["bulk", "counted", "lines", "datagrams"],
            ("Gateway:Syslog:Address", "127.0.0.1"), ("Gateway:Syslog:Tcp:0", "counted"), ("Gateway:Syslog:Tcp:00", "lines"),
            ("Gateway:Syslog:Udp:0", "datagrams"));
        await using var rsyslog = await RsyslogServer.Start($$"""
            template(name="record" type="list" option.jsonf="on") {
              property(outname="@timestamp" name="timereported" dateFormat="rfc3339" format="jsonf")
              property(outname="host" name="hostname" format="jsonf")
              property(outname="app" name="programname" format="jsonf")
              property(outname="level" name="syslogseverity-text" format="jsonf")
              property(outname="message" name="msg" format="jsonf")
            }
            action(type="omfwd" target="127.0.0.1" port="{{station.Syslog.Tcp[0].Port}}" protocol="tcp" TCP_Framing="octet-counted"
                   template="RSYSLOG_SyslogProtocol23Format")
            action(type="omfwd" target="127.0.0.1" port="{{station.Syslog.Tcp[1].Port}}" protocol="tcp" template="RSYSLOG_ForwardFormat")
            action(type="omfwd" target="127.0.0.1" port="{{station.Syslog.Udp[0].Port}}" protocol="udp" template="RSYSLOG_TraditionalForwardFormat")
            action(type="omelasticsearch" server="http://127.0.0.1" serverport="{{station.Gateway.Port}}" uid="sigma" pwd="{{LogStation.Key}}"
                   searchIndex="syslog" searchType="" bulkmode="on" template="record" action.resumeRetryCount="-1" action.resumeInterval="1"
                   queue.type="linkedList")
            """);
        using (var client = new TcpClient("127.0.0.1", rsyslog.Port))
            for (var number = 0; number < Count; number++)
                await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(
                    $"<11>{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffzzz} peer app[7]: não \"{number}\" \\ ok\n"));

        foreach (var way in (string[])["counted", "lines", "datagrams", "bulk"])
        {
            var lines = await station.Lines(way, Count);
            Assert.Equal(Enumerable.Range(0, Count).Select(number => $"não \"{number}\" \\ ok").Order(StringComparer.Ordinal),
                lines.Select(line => line.GetProperty("text").GetString()!.Trim()).Order(StringComparer.Ordinal));
            Assert.All(lines, line =>
                Assert.Equal(("high", "peer", "app"), (line.GetProperty("level").GetString(), Label(line, "host"), Label(line, "app"))));
        }
        Assert.Equal("syslog", Label((await station.Lines("bulk", Count))[0], "index"));
        await Await.Until(() => Task.FromResult(station.Beats.Agents.Contains("peer")), "the host has been heard");
    }

    static string? Label(JsonElement line, string name) => line.GetProperty("labels").GetProperty(name).GetString();
}
