using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Sigma.Evaluator;
using Sigma.Evaluator.Rules;
using Sigma.Fetcher;
using Sigma.Notifier;
using Sigma.Notifier.Channels.SegwareAlarmEvent;
using Sigma.Notifier.Channels.WhatsApp;
using Sigma.Notifier.Queries;

namespace Sigma.Cli.Doctor;

/// <summary>Settings that are right one by one and wrong together, mostly those of different services, which none of them can see.</summary>
internal static partial class SettingsTogether
{
    public static IEnumerable<(string Detail, string Advice)> Look(FetcherOptions fetcher, EvaluatorOptions evaluator, NotifierOptions notifier,
        IReadOnlyList<ConfiguredIntegration> integrations, IReadOnlyCollection<string> reached)
    {
        var rules = new RuleSet(Options.Create(evaluator));
        return Windows(fetcher, rules).Concat(Polls(fetcher, notifier)).Concat(Counted(fetcher, evaluator, rules))
            .Concat(Told(fetcher, notifier, integrations, reached, rules));
    }

    static IEnumerable<(string, string)> Windows(FetcherOptions fetcher, RuleSet rules)
    {
        var watching = rules.Watching(fetcher.Source).ToList();
        if (watching.Count == 0)
        {
            yield return ($"no rule of Evaluator__Rules watches the source {fetcher.Source}, so nothing that is fetched is counted",
                "Give a rule that Source, or Fetcher__Source the rules'.");
            yield break;
        }
        var longest = TimeSpan.FromMilliseconds(watching.Max(rule => rule.Window));
        if (fetcher.FirstLookBack < longest)
            yield return (
                $"Fetcher__FirstLookBack is {fetcher.FirstLookBack}, the longest window {longest}: the first windows are known only in part",
                $"Set it to {longest} at least.");
        if (fetcher.OccurrencesLookBack < longest)
            yield return ($"Fetcher__OccurrencesLookBack is {fetcher.OccurrencesLookBack}, the longest window {longest}: what was excused before "
                + $"counts again", $"Set it to {longest} at least.");
    }

    static IEnumerable<(string, string)> Polls(FetcherOptions fetcher, NotifierOptions notifier)
    {
        var twoPolls = 2 * fetcher.PollInterval;
        if (notifier.Blindness.Enabled && notifier.Blindness.After <= twoPolls)
            yield return ($"Notifier__Blindness__After is {notifier.Blindness.After}, two polls (Fetcher__PollInterval) take {twoPolls}: people "
                + $"would be told between two polls that nobody watches, and never the end of it",
                "Set it well above two poll intervals.");
        if (fetcher.LateAfter < twoPolls)
            yield return ($"Fetcher__LateAfter is {fetcher.LateAfter}, two polls (Fetcher__PollInterval) take {twoPolls}: time that is watched as it "
                + $"should be counts as late", $"Set it to {twoPolls} at least.");
    }

    static IEnumerable<(string, string)> Counted(FetcherOptions fetcher, EvaluatorOptions evaluator, RuleSet rules)
    {
        foreach (var (label, setting, fetched) in new[] { ("cuc", "Fetcher__Cucs", fetcher.Cucs), ("code", "Fetcher__Codes", fetcher.Codes) })
        {
            if (Rule.Split(fetched) is var values && values is [] or ["*"])
                continue;
            foreach (var rule in evaluator.Rules.Where(rule => rule.Source == fetcher.Source))
                foreach (var missing in Rule.Split(rule.Include.FirstOrDefault(i => i.Key.Equals(label, StringComparison.OrdinalIgnoreCase)).Value
                    ?? "")
                    .Except([.. values, "*"], StringComparer.OrdinalIgnoreCase))
                    yield return ($"the rule {rule.Name} counts {label} {missing}, which {setting} leaves out",
                        $"Add it to {setting}, or take it out of the rule.");
        }
    }

    static IEnumerable<(string, string)> Told(FetcherOptions fetcher, NotifierOptions notifier, IReadOnlyList<ConfiguredIntegration> integrations,
        IReadOnlyCollection<string> reached, RuleSet rules)
    {
        var on = integrations.Where(integration => integration.Settings.Enabled).ToList();
        var told = on.Where(integration => integration.Receiver == integrations[0].Receiver).ToList();
        if (told.Count == 0)
            yield return ("every channel is switched off, so nobody is told of an alert", notifier.Receivers.Count == 0
                ? "Set Enabled of one below Notifier__Channels." : "Set Enabled of an integration of the first of Notifier__Receivers.");
        else if (notifier.Blindness.Enabled && told.All(integration => integration.Settings is SegwareAlarmEventOptions)
            && notifier.Blindness.SegwareAccountId.Length == 0)
            yield return ("nobody would be told that nothing is watched: WhatsApp is switched off and "
                + "Notifier__Blindness__SegwareAccountId is not set", "Set it, or watch /health/ready and GET /coverage from outside.");
        foreach (var other in notifier.Receivers.Where(receiver => !reached.Contains(receiver.Name)))
            yield return (notifier.Routes.Count == 0
                ? $"alerts go to the receiver {integrations[0].Receiver} alone, the first one; {other.Name} is told nothing"
                : $"no route of the settings leads to the receiver {other.Name}",
                "Put its integrations into the first one, or set a route to it (Notifier__Routes).");
        foreach (var integration in on)
            if (integration.Settings is WhatsAppIntegrationOptions { ChatPro: var chatPro } && !Recipient().IsMatch(chatPro.Recipient))
                yield return ($"{integration.Key("ChatPro__Recipient", "ChatPro__Recipient")} is neither digits with the country code nor a JID: "
                    + "every message would be refused", "Write 5511999999999, or a group's id that ends in @g.us.");
        foreach (var code in on.Select(integration => integration.Settings).OfType<SegwareAlarmEventOptions>().Select(s => s.Code).Distinct())
            if (!rules.IsOwn(new Dictionary<string, string> { ["code"] = code }))
                yield return ($"the notifier puts events with the code {code} into Segware, and Evaluator__OwnCodes does not name it: they would "
                    + $"be counted as a customer's", $"Add {code} to Evaluator__OwnCodes.");
        if (notifier.Accounts.Source != fetcher.Source)
            yield return ($"Notifier__Accounts__Source is {notifier.Accounts.Source}, Fetcher__Source is {fetcher.Source}: alerts go out without the "
                + $"names of accounts", "Set both alike.");
    }

    [GeneratedRegex(@"^(\d{8,15}|[\d-]+@[a-z.]+)$")]
    private static partial Regex Recipient();
}
