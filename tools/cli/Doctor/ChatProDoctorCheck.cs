using System.Net;
using Sigma.Hosting.Http;
using Sigma.Notifier.Queries;

namespace Sigma.Cli.Doctor;

/// <summary>Whether ChatPro accepts our token and has a connected phone. Sends nothing.</summary>
internal sealed class ChatProDoctorCheck(ConfiguredServices services) : IDoctorCheck
{
    const string ChatPro = "chatpro";

    public IReadOnlyList<string> CheckNames => [ChatPro];

    public async Task Run(Findings findings, CancellationToken ct)
    {
        var instances = services.Get<ChatProCheck>().Instances(Shorten.Longest);
        if (!instances.Any(instance => instance.IsEnabled))
            findings.DoesNotApply(ChatPro, instances.Any(instance => instance.Integration is not null)
                ? "no receiver is told on WhatsApp" : "WhatsApp is switched off (Notifier__Channels__WhatsApp__Enabled)");
        foreach (var instance in instances.Where(instance => instance.IsEnabled))
            await Run(findings, instance, ct);
    }

    static async Task Run(Findings findings, ChatProInstance instance, CancellationToken ct)
    {
        var of = instance.Integration is { } integration ? $"{integration}: " : "";
        try
        {
            if (await instance.IsConnected(ct))
                findings.Ok(ChatPro, $"{of}a phone is connected; messages go to {instance.Options.MaskedRecipient()}");
            else
                findings.Wrong(ChatPro, $"{of}ChatPro's instance has no phone connected, so no message arrives",
                    "See that the phone is on and online; else open the instance in ChatPro's panel and scan its QR code with the phone's WhatsApp.");
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            findings.Wrong(ChatPro, of + (instance.Refusal ?? $"ChatPro: {FailureReason.Of(e)}"), Advice(instance, e));
        }
    }

    static string Advice(ChatProInstance instance, Exception e) => e switch
    {
        ApiException { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound } =>
            $"Take instance and token from ChatPro's panel, set {instance.Key("InstanceId")} and {instance.Key("Token")} and restart the notifier.",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            $"See TLS in docs/settings.md#tls; the authority of a proxy's goes into {instance.Key("CaFile")}.",
        ApiException => "Deliveries wait and are tried for a day.",
        _ => $"Does this machine reach {instance.Key("BaseUrl")} (name server, proxy, firewall)? Deliveries wait and are tried for a day.",
    };
}
