namespace Sigma.OperatorConsole.Api;

/// <summary>An example of each body that the API takes, by the name of the operation.</summary>
internal static class ApiExamples
{
    const string AnAlert = "0193a1b2-3c4d-7e5f-8a9b-0c1d2e3f4a5b";
    const string ARule = """{ "Name": "panic", "Threshold": 5, "Window": "00:30:00", "Include": { "code": "E120" }, "Severity": "critical" }""";

    /// <summary>The examples.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AcknowledgeAlert"] = """{ "comment": "Estou ligando para o cliente." }""",
        ["AcknowledgeAlerts"] = $$"""{ "alerts": ["{{AnAlert}}"], "comment": "Chuva na região." }""",
        ["CommentAlert"] = """{ "comment": "O cliente diz que é o sensor da garagem." }""",
        ["AssignAlert"] = """{ "to": "ana", "comment": "Turno da noite." }""",
        ["SnoozeAlert"] = """{ "until": "2099-12-01T08:00:00Z", "comment": "Técnico a caminho." }""",
        ["CloseAlert"] = """{ "comment": "Sensor trocado." }""",
        ["SaveView"] = """{ "name": "Noite", "query": "severity=critical&group=account&keep=yes" }""",
        ["AddUser"] = """{ "name": "ana", "role": "operator", "limits": { "company": ["Vigília Sul"] } }""",
        ["ChangeUser"] = """{ "role": "engineer", "limits": {}, "disabled": false }""",
        ["AddToken"] = """{ "name": "painel da recepção", "role": "viewer", "expiresAt": "2099-01-01T00:00:00Z" }""",
        ["PutRules"] = $$"""{ "rules": [ {{ARule}} ], "why": "Botão de pânico." }""",
        ["PutRule"] = $$"""{ "rule": {{ARule}}, "why": "Botão de pânico." }""",
        ["CheckRule"] = $$"""{ "rule": {{ARule}} }""",
        ["BacktestRule"] = $$"""{ "rule": {{ARule}}, "days": 14, "alerts": 100 }""",
        ["SetRuleMode"] = """{ "mode": "shadow", "why": "Primeiro à prova." }""",
        ["RollBackRule"] = """{ "revision": 7, "why": "Eram demais." }""",
        ["CloneRule"] = """{ "name": "panic-at-night", "why": "Outro limite à noite." }""",
        ["AddSilence"] = """{ "matchers": ["account=7"], "until": "2099-12-01T08:00:00Z", "why": "O técnico está lá." }""",
        ["PreviewSilence"] = """{ "matchers": ["account=7"] }""",
        ["PutRoutes"] = """
            { "policy": { "Maintenance": [ { "Name": "obras", "Matchers": ["account=1"], "Hours": ["mon 10:00-11:00"] } ] }, "why": "Obras." }
            """,
        ["RollBackRoutes"] = """{ "to": 7, "why": "Ninguém foi avisado." }""",
        ["TestRoutes"] = """{ "labels": { "account": "7" }, "severity": "critical", "at": "2026-11-20T03:00:00Z" }""",
        ["SettleDelivery"] = """{ "arrived": true }""",
        ["SendBackMessages"] = """{ "ids": ["0193a1b2-3c4d-7e5f-8a9b-0c1d2e3f4a5c"] }""",
        ["DropMessages"] = """{ "ids": ["0193a1b2-3c4d-7e5f-8a9b-0c1d2e3f4a5c"] }""",
        ["StartDrill"] = """{ "channels": "whatsapp" }""",
        ["PutIntegration"] = """
            { "integration": { "name": "nobody", "kind": "generic", "labels": { "site": "north" }, "defaultSeverity": "medium", "on": true },
              "why": "O monitoramento da loja." }
            """,
        ["RenewIntegrationKey"] = """{ "formerCounts": true, "why": "Apareceu numa captura de tela." }""",
        ["SimpleJsonSearch"] = """{ "target": "cpu" }""",
        ["SimpleJsonQuery"] = """
            { "range": { "from": "2026-11-20T03:00:00Z", "to": "2026-11-20T09:00:00Z" }, "intervalMs": 30000, "maxDataPoints": 550,
              "targets": [ { "target": "cpu", "type": "timeserie" }, { "target": "alerts", "type": "table" } ],
              "adhocFilters": [ { "key": "host", "operator": "!=", "value": "db-1" } ] }
            """,
        ["SimpleJsonAnnotations"] = """
            { "range": { "from": "2026-11-20T03:00:00Z", "to": "2026-11-20T09:00:00Z" }, "annotation": { "query": "severity=critical" } }
            """,
        ["SimpleJsonTagValues"] = """{ "key": "severity" }""",
    };
}
