-- about --
What happened on this host.
-- evidence: schannel.reg --
Windows Registry Editor Version 5.00

[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL]
"SendTrustedIssuerList"=dword:00000001
-- expect --
found host because schannel.reg:4
