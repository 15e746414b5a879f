namespace Sigma.Notifier.Texts;

/// <summary>The English of each line of our texts that has words.</summary>
internal static class EnglishLines
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        // Counted events, in a chat
        ["🚨 *Excesso de eventos*"] = "🚨 *Too many events*",
        ["Empresa: {company}"] = "Company: {company}",
        ["Grupo: {clientGroup}"] = "Group: {clientGroup}",
        ["CUC: {cuc}"] = "CUC: {cuc}",
        ["Código: {code}"] = "Code: {code}",
        ["*{count} eventos* (limite {threshold})"] = "*{count} events* (limit {threshold})",
        ["De {windowFrom} até {windowTo}"] = "From {windowFrom} to {windowTo}",
        ["✅ *Volume normalizado*"] = "✅ *Volume back to normal*",
        ["Agora {count} eventos (limite {threshold})"] = "Now {count} events (limit {threshold})",
        ["Alerta de {raisedAt} até {clearedAt} ({duration})"] = "Alert from {raisedAt} to {clearedAt} ({duration})",
        ["ℹ️ *Excesso de eventos, já normalizado*"] = "ℹ️ *Too many events, back to normal already*",
        ["{count} eventos (limite {threshold}), de {raisedAt} até {clearedAt} ({duration})"] =
            "{count} events (limit {threshold}), from {raisedAt} to {clearedAt} ({duration})",
        ["ℹ️ *Alerta encerrado: a regra mudou*"] = "ℹ️ *Alert ended: the rule has changed*",
        ["A regra {rule} foi removida ou alterada; o volume não foi verificado."] =
            "The rule {rule} was removed or changed; nobody has looked at the volume.",
        ["Alerta de {count} eventos (limite {threshold}), de {raisedAt} até {clearedAt} ({duration})"] =
            "Alert of {count} events (limit {threshold}), from {raisedAt} to {clearedAt} ({duration})",
        ["ℹ️ *Excesso de eventos, encerrado: a regra mudou*"] = "ℹ️ *Too many events, ended: the rule has changed*",

        // The same, short
        ["Excesso de eventos: {accountCode} {tradeName}"] = "Too many events: {accountCode} {tradeName}",
        ["CUC {cuc}"] = "CUC {cuc}",
        ["código {code}"] = "code {code}",
        ["{count} eventos"] = "{count} events",
        ["{count} eventos (limite {threshold})"] = "{count} events (limit {threshold})",
        ["Volume normalizado: {accountCode} {tradeName}"] = "Volume back to normal: {accountCode} {tradeName}",
        ["Excesso de eventos, já normalizado: {accountCode} {tradeName}"] = "Too many events, back to normal already: {accountCode} {tradeName}",
        ["Alerta encerrado, a regra {rule} mudou: {accountCode} {tradeName}"] = "Alert ended, rule {rule} has changed: {accountCode} {tradeName}",
        ["Excesso de eventos, encerrado, a regra {rule} mudou: {accountCode} {tradeName}"] =
            "Too many events, ended, rule {rule} has changed: {accountCode} {tradeName}",

        // An alarm event
        ["Excesso de eventos: {count} (limite {threshold})"] = "Too many events: {count} (limit {threshold})",
        ["de {windowFrom} até {windowTo}"] = "from {windowFrom} to {windowTo}",
        ["Volume normalizado: {count} eventos (limite {threshold})"] = "Volume back to normal: {count} events (limit {threshold})",
        ["alerta de {raisedAt} até {clearedAt}"] = "alert from {raisedAt} to {clearedAt}",
        ["Excesso de eventos, já normalizado: {count} (limite {threshold})"] = "Too many events, back to normal already: {count} (limit {threshold})",
        ["de {raisedAt} até {clearedAt}"] = "from {raisedAt} to {clearedAt}",
        ["Alerta encerrado, a regra {rule} mudou: o volume não foi verificado"] =
            "Alert ended, rule {rule} has changed: nobody has looked at the volume",
        ["eram {count} eventos (limite {threshold})"] = "there were {count} events (limit {threshold})",
        ["encerrado, a regra {rule} mudou: o volume não foi verificado"] = "ended, rule {rule} has changed: nobody has looked at the volume",

        // A digest
        ["📋 *Resumo de {alerts} avisos*"] = "📋 *Digest of {alerts} notices*",
        ["· {count} eventos"] = "· {count} events",
        ["· normalizado"] = "· back to normal",
        ["· {count} eventos, já normalizado"] = "· {count} events, back to normal already",
        ["· encerrado, a regra {rule} mudou"] = "· ended, rule {rule} has changed",
        ["· {count} eventos, encerrado, a regra {rule} mudou"] = "· {count} events, ended, rule {rule} has changed",

        // Other kinds
        ["🚨 Alerta: {rule}"] = "🚨 Alert: {rule}",
        ["✅ Alerta encerrado: {rule}"] = "✅ Alert ended: {rule}",
        ["ℹ️ Alerta, já encerrado: {rule}"] = "ℹ️ Alert, ended already: {rule}",
        ["🚨 Limite excedido: {rule}"] = "🚨 Limit exceeded: {rule}",
        ["✅ Valor normalizado: {rule}"] = "✅ Value back to normal: {rule}",
        ["ℹ️ Limite excedido, já encerrado: {rule}"] = "ℹ️ Limit exceeded, ended already: {rule}",
        ["🚨 Sem notícias: {rule}"] = "🚨 Nothing heard: {rule}",
        ["✅ Notícias de novo: {rule}"] = "✅ Heard again: {rule}",
        ["ℹ️ Sem notícias, já encerrado: {rule}"] = "ℹ️ Nothing heard, ended already: {rule}",
        ["🚨 Alerta de outro sistema: {rule}"] = "🚨 Alert of another system: {rule}",
        ["✅ Alerta de outro sistema resolvido: {rule}"] = "✅ Alert of another system resolved: {rule}",
        ["ℹ️ Alerta de outro sistema, já encerrado: {rule}"] = "ℹ️ Alert of another system, ended already: {rule}",
        ["ℹ️ Alerta encerrado, a regra {rule} mudou"] = "ℹ️ Alert ended, rule {rule} has changed",
        ["Valor {value} (limite {limit})"] = "Value {value} (limit {limit})",
        ["Gravidade {severityWord}"] = "Severity {severityWord}",
        ["Desde {since}"] = "Since {since}",
        ["De {raisedAt} até {clearedAt} ({duration})"] = "From {raisedAt} to {clearedAt} ({duration})",

        // The same, short
        ["Alerta: {rule}"] = "Alert: {rule}",
        ["Alerta encerrado: {rule}"] = "Alert ended: {rule}",
        ["Alerta, já encerrado: {rule}"] = "Alert, ended already: {rule}",
        ["Limite excedido: {rule}"] = "Limit exceeded: {rule}",
        ["Valor normalizado: {rule}"] = "Value back to normal: {rule}",
        ["Limite excedido, já encerrado: {rule}"] = "Limit exceeded, ended already: {rule}",
        ["Sem notícias: {rule}"] = "Nothing heard: {rule}",
        ["Notícias de novo: {rule}"] = "Heard again: {rule}",
        ["Sem notícias, já encerrado: {rule}"] = "Nothing heard, ended already: {rule}",
        ["Alerta de outro sistema: {rule}"] = "Alert of another system: {rule}",
        ["Alerta de outro sistema resolvido: {rule}"] = "Alert of another system resolved: {rule}",
        ["Alerta de outro sistema, já encerrado: {rule}"] = "Alert of another system, ended already: {rule}",
        ["Alerta encerrado, a regra {rule} mudou"] = "Alert ended, rule {rule} has changed",
        ["{value} (limite {limit})"] = "{value} (limit {limit})",

        // The same in a digest
        ["🚨 Alerta: *{rule}*"] = "🚨 Alert: *{rule}*",
        ["🚨 Limite excedido: *{rule}*"] = "🚨 Limit exceeded: *{rule}*",
        ["🚨 Sem notícias: *{rule}*"] = "🚨 Nothing heard: *{rule}*",
        ["🚨 Alerta de outro sistema: *{rule}*"] = "🚨 Alert of another system: *{rule}*",
        ["✅ Alerta encerrado: *{rule}*"] = "✅ Alert ended: *{rule}*",
        ["✅ Valor normalizado: *{rule}*"] = "✅ Value back to normal: *{rule}*",
        ["✅ Notícias de novo: *{rule}*"] = "✅ Heard again: *{rule}*",
        ["✅ Alerta de outro sistema resolvido: *{rule}*"] = "✅ Alert of another system resolved: *{rule}*",
        ["ℹ️ Alerta, já encerrado: *{rule}*"] = "ℹ️ Alert, ended already: *{rule}*",
        ["ℹ️ Limite excedido, já encerrado: *{rule}*"] = "ℹ️ Limit exceeded, ended already: *{rule}*",
        ["ℹ️ Sem notícias, já encerrado: *{rule}*"] = "ℹ️ Nothing heard, ended already: *{rule}*",
        ["ℹ️ Alerta de outro sistema, já encerrado: *{rule}*"] = "ℹ️ Alert of another system, ended already: *{rule}*",
        ["ℹ️ Alerta encerrado, a regra *{rule}* mudou"] = "ℹ️ Alert ended, rule *{rule}* has changed",
        ["· {value} (limite {limit})"] = "· {value} (limit {limit})",

        // A drill
        ["🔧 *Teste do rastreador, ignore*"] = "🔧 *Test of the tracker, ignore it*",
        ["Alguém confere se os avisos chegam. Não é um alerta e não há nada a fazer."] =
            "Somebody checks whether notices arrive. It is no alert, and there is nothing to do.",
        ["Teste feito em {windowTo}"] = "Test made on {windowTo}",
        ["🔧 *Fim do teste do rastreador, ignore*"] = "🔧 *End of the tracker's test, ignore it*",
        ["O aviso de fim também chega. Não é um alerta e não há nada a fazer."] =
            "The notice of the end arrives as well. It is no alert, and there is nothing to do.",
        ["Teste de {raisedAt}"] = "Test of {raisedAt}",
        ["🔧 *Teste do rastreador, já encerrado, ignore*"] = "🔧 *Test of the tracker, ended already, ignore it*",

        // What the tracker says of itself
        ["⚠️ *Monitoramento parado*"] = "⚠️ *Monitoring has stopped*",
        ["Eventos de {source} não são verificados desde {from} ({duration})"] =
            "Events of {source} have not been looked at since {from} ({duration})",
        ["Motivo: {reason}"] = "Reason: {reason}",
        ["Última notícia da coleta: {reportedAt}"] = "Last heard of the fetcher: {reportedAt}",
        ["Até voltar, nenhum excesso de eventos é alertado."] = "Until it is back, nobody is alerted of too many events.",
        ["⚠️ *Monitoramento não começou*"] = "⚠️ *Monitoring has not begun*",
        ["Nenhum evento foi verificado desde a instalação, {from} ({duration})"] =
            "No event has been looked at since the installation, {from} ({duration})",
        ["Até começar, nenhum excesso de eventos é alertado."] = "Until it begins, nobody is alerted of too many events.",
        ["✅ *Monitoramento normalizado*"] = "✅ *Monitoring is back*",
        ["Eventos de {source} são verificados de novo"] = "Events of {source} are looked at again",
        ["Parado de {from} até {to} ({duration})"] = "Stopped from {from} to {to} ({duration})",
        ["Alertas desse período podem chegar com atraso."] = "Alerts of that time may come late.",
        ["a coleta não dá notícias"] = "nothing is heard of the fetcher",
        ["os eventos chegam, mas não são contados"] = "events arrive, but are not counted",
        ["o banco de dados não responde"] = "the database does not answer",
    };
}
